package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.Stack;

/** While it is open, Ctrl-C and a kill of this command end the stack too. */
final class InterruptGuard implements AutoCloseable {
  private final Thread hook;

  private InterruptGuard(Thread hook) {
    this.hook = hook;
  }

  static InterruptGuard during(Stack stack) {
    // A stack that already runs is someone else's: its second start is refused, and ends nothing.
    boolean ours = stack.running().isEmpty();
    Thread hook = new Thread(ours ? stack::stop : () -> {}, "end-of-stack");
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptGuard(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the shutdown has begun, and the hook does its work
    }
  }
}
