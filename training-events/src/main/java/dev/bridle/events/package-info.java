/**
 * The contract between trainers, the monitor and inference: every event that crosses Kafka, as an
 * immutable record, with the vocabulary of metrics that they share.
 *
 * <p>Epochs are counted from 1. Times are UTC instants. Losses and metrics may be NaN or infinite:
 * they survive the wire as the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
package dev.bridle.events;
