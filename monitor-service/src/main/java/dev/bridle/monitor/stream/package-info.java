/** The Kafka Streams topology: epochs in, decisions out, exactly once. */
package dev.bridle.monitor.stream;
