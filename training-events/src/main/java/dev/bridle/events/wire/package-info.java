/** How the events cross Kafka: topics, CloudEvents types in binary mode, JSON, dead letters. */
package dev.bridle.events.wire;
