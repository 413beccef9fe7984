/**
 * The queue that several trainers share, as a log in Kafka. An entry counts by its place in the log
 * alone, so that all who read it agree; no clock decides.
 */
package dev.bridle.trainer.queue;
