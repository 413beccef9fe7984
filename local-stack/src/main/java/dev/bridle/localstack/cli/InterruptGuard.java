package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.terminal.Terminal;

/** While it is open, Ctrl-C and a kill of this command end the stack too. */
final class InterruptGuard implements AutoCloseable {
  private final Thread hook;

  private InterruptGuard(Thread hook) {
    this.hook = hook;
  }

  static InterruptGuard during(Stack stack, Terminal terminal) {
    // A stack that already runs is someone else's: its second start is refused, and ends nothing.
    boolean ours = stack.running().isEmpty();
    Thread hook = new Thread(ours ? () -> end(stack, terminal) : () -> {}, "end-of-stack");
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptGuard(hook);
  }

  private static void end(Stack stack, Terminal terminal) {
    terminal.line("");
    terminal.line("Ending Kafka and the services ...");
    stack.stop();
    terminal.line("Bridle is down; data and logs stay in " + stack.layout().home() + ".");
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
