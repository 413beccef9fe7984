package dev.bridle.localstack.demo;

import java.util.OptionalLong;

/**
 * A run whose model is there.
 *
 * @param version of its model, as announced; absent if the monitor hasn't heard of it
 */
record FinishedRun(String run, RunSnapshot snapshot, OptionalLong version) {}
