/** Kafka's edge: announced models in, dead letters out. */
package dev.bridle.inference.stream;
