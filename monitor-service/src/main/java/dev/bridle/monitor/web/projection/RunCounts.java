package dev.bridle.monitor.web.projection;

/**
 * How much there is of a run.
 *
 * @param epochs that count
 * @param decisions that stand
 * @param unanswered of them: those that the trainer has not answered
 * @param alerts that stand, resolved ones included
 */
public record RunCounts(int epochs, int decisions, int unanswered, int alerts) {}
