package dev.bridle.benchmarks.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bridle.localstack.terminal.TextTable;
import dev.bridle.localstack.terminal.TextTable.Align;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a benchmark found: a table for people, and the same as JSON. */
public final class Report {
  private final String benchmark;
  private final Machine machine = Machine.here();
  private final List<Row> rows = new ArrayList<>();

  /**
   * A finding.
   *
   * @param value in its unit; {@code x} for a ratio
   * @param goal what it should reach; empty for what is only told
   */
  public record Row(String name, double value, String unit, Optional<Goal> goal) {}

  private record Content(String benchmark, Machine machine, List<Row> rows) {}

  public Report(String benchmark) {
    this.benchmark = benchmark;
  }

  public Report told(String name, double value, String unit) {
    rows.add(new Row(name, value, unit, Optional.empty()));
    return this;
  }

  public Report measuredAgainst(Goal goal, String name, double value, String unit) {
    rows.add(new Row(name, value, unit, Optional.of(goal)));
    return this;
  }

  /** The table, and {@code NAME.json} in the folder. */
  public void publish(PrintStream out, Path folder) {
    out.printf("%n%s on %s%n%n", benchmark, machine);
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT, Align.LEFT, Align.LEFT);
    for (Row row : rows) {
      table.row(
          row.name(),
          number(row.value()),
          row.unit(),
          row.goal().map(goal -> "goal " + goal).orElse(""),
          row.goal().map(goal -> goal.isMetBy(row.value()) ? "met" : "missed").orElse(""));
    }
    table.lines().forEach(out::println);
    out.println();
    write(folder.resolve(benchmark + ".json"));
  }

  private void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      JsonMapper.builder()
          .findAndAddModules()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(file.toFile(), new Content(benchmark, machine, rows));
    } catch (IOException e) {
      throw new UncheckedIOException("the report " + file, e);
    }
  }

  private static String number(double value) {
    return Math.abs(value) >= 100 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
  }
}
