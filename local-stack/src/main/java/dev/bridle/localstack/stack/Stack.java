package dev.bridle.localstack.stack;

import dev.bridle.localstack.process.DetachedProcess;
import dev.bridle.localstack.process.Ending;
import dev.bridle.localstack.process.LogTail;
import dev.bridle.localstack.process.Polling;
import dev.bridle.localstack.stack.ServiceStatus.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Starts the services of a layout as processes of their own, looks at them and ends them. Another
 * object, in another process too, finds them again by the same home folder.
 */
public final class Stack {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLITE_END = Duration.ofSeconds(8);
  private static final Duration LOOK_EVERY = Duration.ofMillis(150);
  private static final int LINES_OF_A_FAILURE = 20;

  private final StackLayout layout;
  private final Clock clock;
  private final Probe probe = new Probe();
  private final Map<String, DetachedProcess> processes = new LinkedHashMap<>();
  private boolean ending;

  public Stack(StackLayout layout, Clock clock) {
    this.layout = layout;
    this.clock = clock;
    for (Service service : layout.services()) {
      processes.put(
          service.name(), new DetachedProcess(service.process(), layout.pidFile(service)));
    }
  }

  public StackLayout layout() {
    return layout;
  }

  /**
   * Starts all side by side and returns once they are ready. If one can't, the rest is ended.
   *
   * @throws StackException if a part runs already, a port is taken, a service ends or takes longer
   *     than two minutes
   */
  public void start(StartListener listener) {
    try (HomeLock lock = HomeLock.of(layout.home())) {
      requireNothingRuns();
      begin();
      layout.services().forEach(this::requireFreePorts);
      StackRecord.write(layout);
      try {
        layout.services().forEach(service -> launch(service.name()));
        awaitReady(layout.services(), listener);
      } catch (RuntimeException e) {
        stop();
        throw e;
      }
    }
  }

  /** Starts one service that was killed or stopped, and returns once it is ready. */
  public void start(String name) {
    Service service = layout.service(name);
    if (processes.get(name).isRunning()) {
      throw new StackException(name + " runs already.");
    }
    requireFreePorts(service);
    begin();
    launch(name);
    awaitReady(List.of(service), StartListener.SILENT);
  }

  /** Ends one service at once, as kill -9 does, and returns when it is gone. */
  public void kill(String name) {
    DetachedProcess process = processes.get(layout.service(name).name());
    process.kill();
    Ending.of(List.of(process), POLITE_END);
  }

  /** Ends one service in good order, and returns when it is gone. */
  public void stop(String name) {
    Ending.of(List.of(processes.get(layout.service(name).name())), POLITE_END);
  }

  /**
   * Ends all: the services side by side, then the broker they talk to.
   *
   * @return the names of those that ran
   */
  public List<String> stop() {
    synchronized (this) {
      ending = true;
    }
    List<String> running = running();
    List<DetachedProcess> all = new ArrayList<>(processes.values());
    Ending.of(all.subList(1, all.size()), POLITE_END);
    Ending.of(all.subList(0, 1), POLITE_END);
    StackRecord.delete(layout.home());
    return running;
  }

  /** The names of those that run, ready or not. */
  public List<String> running() {
    return processes.entrySet().stream()
        .filter(entry -> entry.getValue().isRunning())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A look at each service, in the order of their start. */
  public List<ServiceStatus> status() {
    return layout.services().stream().map(this::status).toList();
  }

  private ServiceStatus status(Service service) {
    DetachedProcess process = processes.get(service.name());
    Optional<ProcessHandle> handle = process.handle();
    Health health = Health.DOWN;
    if (handle.isPresent()) {
      health = probe.isReady(service) ? Health.READY : Health.STARTING;
    }
    return new ServiceStatus(
        service.name(),
        health,
        handle.map(found -> OptionalLong.of(found.pid())).orElse(OptionalLong.empty()),
        service.address(),
        process.started().map(started -> Duration.between(started, clock.instant())),
        service.process().log());
  }

  private synchronized void begin() {
    ending = false;
  }

  /** Never after the end has begun: what an interrupted start still launches would be left over. */
  private synchronized void launch(String name) {
    requireNotEnding();
    processes.get(name).start();
  }

  private synchronized void requireNotEnding() {
    if (ending) {
      throw new StackException("The start was interrupted.");
    }
  }

  private void awaitReady(Collection<Service> services, StartListener listener) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      List<ServiceStatus> now = services.stream().map(this::status).toList();
      requireNotEnding();
      listener.progress(now);
      if (now.stream().allMatch(status -> status.health() == Health.READY)) {
        return;
      }
      for (ServiceStatus status : now) {
        if (status.health() == Health.DOWN) {
          throw failure(status, "ended while it started");
        }
        if (status.health() == Health.STARTING && System.nanoTime() > deadline) {
          throw failure(status, "was not ready within " + START_LIMIT.toSeconds() + " seconds");
        }
      }
      Polling.pause(LOOK_EVERY);
    }
  }

  private StackException failure(ServiceStatus status, String what) {
    List<String> lines = LogTail.of(status.log(), LINES_OF_A_FAILURE);
    return new StackException(
        "The %s %s. The end of its log %s:%n  %s"
            .formatted(
                status.name(),
                what,
                status.log(),
                lines.isEmpty() ? "(empty)" : String.join(System.lineSeparator() + "  ", lines)));
  }

  private void requireNothingRuns() {
    List<String> running = running();
    if (running.size() == processes.size()) {
      throw new StackException(
          "Bridle is already running: './bridle status' shows where, './bridle down' ends it.");
    }
    if (!running.isEmpty()) {
      throw new StackException(
          "A part of Bridle is already running (%s): end it with './bridle down', then try again."
              .formatted(String.join(", ", running)));
    }
  }

  private void requireFreePorts(Service service) {
    for (Service.PortUse use : service.ports()) {
      if (probe.isTaken(use.port())) {
        throw new StackException(
            ("Port %d, which the %s needs, is taken by another program: end that program,"
                    + " or choose another port with '%s PORT'.")
                .formatted(use.port(), service.name(), use.option()));
      }
    }
  }
}
