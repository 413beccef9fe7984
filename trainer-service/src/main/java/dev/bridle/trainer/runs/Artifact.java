package dev.bridle.trainer.runs;

/** A file that a run left behind. */
public record Artifact(String name, long sizeBytes, String sha256) {}
