package dev.bridle.localstack.follow;

import java.util.OptionalLong;

/**
 * A run that has ended.
 *
 * @param version of its model, as announced; absent if the monitor hasn't heard of one
 */
public record FinishedRun(String run, RunSnapshot snapshot, OptionalLong version) {}
