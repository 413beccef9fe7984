package dev.bridle.localstack.cli;

import dev.bridle.localstack.stack.ServiceStatus;
import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import dev.bridle.localstack.terminal.TextTable;
import dev.bridle.localstack.terminal.TextTable.Align;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What runs where, for people. */
final class StatusTable {
  private final Terminal terminal;

  StatusTable(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(List<ServiceStatus> services) {
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.RIGHT, Align.LEFT);
    table.row(
        head("service"), head("health"), head("pid"), head("address"), head("up"), head("log"));
    for (ServiceStatus service : services) {
      table.row(
          service.name(),
          health(service),
          service.pid().isPresent() ? String.valueOf(service.pid().getAsLong()) : "-",
          terminal.paint(Style.CYAN, service.address()),
          service.uptime().map(StatusTable::text).orElse("-"),
          terminal.paint(Style.DIM, shortened(service.log())));
    }
    table.lines().forEach(terminal::line);
  }

  private String head(String text) {
    return terminal.paint(Style.BOLD, text);
  }

  private String health(ServiceStatus service) {
    return switch (service.health()) {
      case READY -> terminal.paint(Style.GREEN, "ready");
      case STARTING -> terminal.paint(Style.YELLOW, "not ready");
      case DOWN -> terminal.paint(Style.RED, "down");
    };
  }

  /** 75 seconds are 1:15, an hour more 1:01:15. */
  static String text(Duration uptime) {
    long seconds = Math.max(0, uptime.toSeconds());
    String minutes = "%d:%02d".formatted(seconds / 60, seconds % 60);
    return seconds < 3600
        ? minutes
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String shortened(Path log) {
    Path here = Path.of("").toAbsolutePath();
    return log.startsWith(here) ? here.relativize(log).toString() : log.toString();
  }
}
