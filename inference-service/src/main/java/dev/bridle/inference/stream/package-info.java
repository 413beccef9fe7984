/** Kafka's edge: announced models and late labels in, events and dead letters out. */
package dev.bridle.inference.stream;
