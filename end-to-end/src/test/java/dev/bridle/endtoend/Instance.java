package dev.bridle.endtoend;

import dev.bridle.localstack.process.ProcessSpec;
import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.Service;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackLayout;
import dev.bridle.localstack.stack.StackPorts;
import dev.bridle.localstack.stack.StartListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * One process of a service, of one version at a time; its port and its data outlive the process.
 */
final class Instance implements AutoCloseable {
  /** While it is not ready any more, and answers still. */
  private static final String SHUTDOWN_DELAY = "-Dquarkus.shutdown.delay=2s";

  private final String service;
  private final Path home;
  private final StackPorts ports;
  private Stack stack;

  /**
   * @param ports of all it talks to, and its own
   */
  Instance(String service, Path home, StackPorts ports) {
    this.service = service;
    this.home = home;
    this.ports = ports.resolved();
  }

  /** Returns once it is ready. */
  Instance start(Path version) {
    StackLayout whole = BridleServices.layout(version, home, ports);
    Service one = whole.service(service);
    stack =
        new Stack(
            new StackLayout(
                home, ports, List.of(service.equals(BridleServices.BROKER) ? one : withDelay(one))),
            Clock.systemUTC());
    stack.start(StartListener.SILENT);
    return this;
  }

  private static Service withDelay(Service service) {
    ProcessSpec process = service.process();
    List<String> command = new ArrayList<>(process.command());
    command.add(command.indexOf("-jar"), SHUTDOWN_DELAY);
    return new Service(
        new ProcessSpec(process.name(), command, process.folder(), process.log()),
        service.address(),
        service.ports(),
        service.readiness());
  }

  /** Ends it in good order, and starts it in that version. */
  void replace(Path version) {
    stop();
    start(version);
  }

  URI address() {
    return URI.create(stack.layout().services().get(0).address());
  }

  ProcessHandle process() {
    long pid = stack.status().get(0).pid().orElseThrow();
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** In good order, as Kubernetes ends a pod. */
  void stop() {
    stack.stop();
  }

  /** At once: nothing is asked of it any more. */
  @Override
  public void close() {
    if (stack != null) {
      stack.kill(service);
    }
  }
}
