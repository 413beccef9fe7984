package dev.bridle.endtoend;

import static org.awaitility.Awaitility.await;

import dev.bridle.localstack.process.ProcessSpec;
import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.Service;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackLayout;
import dev.bridle.localstack.stack.StackPorts;
import dev.bridle.localstack.stack.StartListener;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** A broker and two monitors that share the runs, with the settings that they are shipped with. */
final class MonitorPair implements AutoCloseable {
  static final List<String> NAMES = List.of("monitor-a", "monitor-b");

  private final Stack stack;
  private final MonitorGroup group;

  private MonitorPair(Stack stack) {
    this.stack = stack;
    group = new MonitorGroup(stack.layout().bootstrapServers());
  }

  /** Once the runs are shared between the two. */
  static MonitorPair start(Path home) {
    StackPorts ports = StackPorts.ANY.resolved();
    StackLayout one = BridleServices.layout(LiveStack.PROJECT, home.resolve("a"), ports);
    StackLayout other =
        BridleServices.layout(
            LiveStack.PROJECT,
            home.resolve("b"),
            new StackPorts(ports.kafka(), 0, 0, 0, ports.controller()));
    Stack stack =
        new Stack(
            new StackLayout(
                home,
                ports,
                List.of(
                    one.service(BridleServices.BROKER),
                    named(NAMES.get(0), one.service(BridleServices.MONITOR)),
                    named(NAMES.get(1), other.service(BridleServices.MONITOR)))),
            Clock.systemUTC());
    stack.start(StartListener.SILENT);
    MonitorPair pair = new MonitorPair(stack);
    pair.awaitShare(Set.of());
    return pair;
  }

  private static Service named(String name, Service service) {
    ProcessSpec process = service.process();
    return new Service(
        new ProcessSpec(name, process.command(), process.folder(), process.log()),
        service.address(),
        service.ports(),
        service.readiness());
  }

  String bootstrapServers() {
    return stack.layout().bootstrapServers();
  }

  MonitorGroup group() {
    return group;
  }

  void kill(String name) {
    stack.kill(name);
  }

  /** Returns once it has its share of the runs again. */
  void start(String name) {
    Set<String> before = group.members();
    stack.start(name);
    awaitShare(before);
  }

  private void awaitShare(Set<String> before) {
    // Until the first has joined there is no group to describe.
    await().atMost(LiveStack.LONG).ignoreExceptions().until(() -> group.isSharedByTwo(before));
  }

  @Override
  public void close() {
    group.close();
    stack.stop();
  }
}
