package dev.bridle.localstack.stack;

import java.net.URI;

/** How a service shows that it is ready. */
public sealed interface Readiness {
  /** It answers 200 there. */
  record Answers(URI address) implements Readiness {}

  /** It accepts connections and has written this line's beginning to its log. */
  record Says(String line) implements Readiness {}
}
