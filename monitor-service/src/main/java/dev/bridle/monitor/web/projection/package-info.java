/**
 * The read model: training events in, views of the runs out. Pure: it knows neither Kafka nor HTTP,
 * takes every time from the events, and comes to the same views whatever the order in which the
 * events arrive and however often each is delivered.
 */
package dev.bridle.monitor.web.projection;
