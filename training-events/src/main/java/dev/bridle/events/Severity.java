package dev.bridle.events;

/** How much an alert matters. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL
}
