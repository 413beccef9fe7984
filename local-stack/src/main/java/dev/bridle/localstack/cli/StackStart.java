package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.ServiceStatus;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Starts a stack before someone's eyes. */
final class StackStart {
  private static final Map<ServiceStatus.Health, Style> STYLES =
      new EnumMap<>(
          Map.of(
              ServiceStatus.Health.READY, Style.GREEN,
              ServiceStatus.Health.STARTING, Style.YELLOW,
              ServiceStatus.Health.DOWN, Style.RED));

  private final Terminal terminal;
  private final Set<String> told = new HashSet<>();
  private final long begin = System.nanoTime();

  StackStart(Terminal terminal) {
    this.terminal = terminal;
  }

  void start(Stack stack) {
    terminal.line(terminal.paint(Style.BOLD, "Starting Kafka and the services"));
    stack.start(this::show);
    terminal.erase();
    terminal.line(
        terminal.paint(Style.GREEN, "Bridle is up")
            + terminal.paint(Style.DIM, " after " + seconds() + " s"));
  }

  private void show(List<ServiceStatus> services) {
    terminal.block(services.stream().map(this::line).toList());
    if (terminal.isScreen()) {
      return;
    }
    services.stream()
        .filter(service -> service.health() == ServiceStatus.Health.READY)
        .filter(service -> told.add(service.name()))
        .forEach(
            service -> terminal.line("  " + service.name() + " ready after " + seconds() + " s"));
  }

  private String line(ServiceStatus service) {
    String health = service.health().name().toLowerCase(Locale.ROOT);
    String mark = service.health() == ServiceStatus.Health.READY ? "●" : "○";
    return "  %s %-10s %s"
        .formatted(
            terminal.paint(STYLES.get(service.health()), mark),
            service.name(),
            terminal.paint(
                Style.DIM,
                service.health() == ServiceStatus.Health.READY
                    ? health
                    : health + ", " + seconds() + " s"));
  }

  private String seconds() {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begin) / 1e9);
  }
}
