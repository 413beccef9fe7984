package dev.bridle.trainer.runs;

/**
 * A submission that its owner may repeat.
 *
 * @param key the owner's Idempotency-Key
 * @param specSha256 of the spec that came with it
 */
public record Submission(String key, String specSha256) {}
