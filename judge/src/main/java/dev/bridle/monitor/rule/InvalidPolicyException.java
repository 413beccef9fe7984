package dev.bridle.monitor.rule;

/** A policy that can't be read; the message begins with the full key of what is wrong. */
public final class InvalidPolicyException extends RuntimeException {
  /**
   * @param key such as {@code policy.rules[1].pateince}
   * @param problem what is wrong with it: the limit, and the value that was given
   */
  public InvalidPolicyException(String key, String problem) {
    super(key + " " + problem);
  }
}
