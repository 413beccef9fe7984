/** Kafka: a local spool and its publisher on the way out, control signals on the way in. */
package dev.bridle.trainer.stream;
