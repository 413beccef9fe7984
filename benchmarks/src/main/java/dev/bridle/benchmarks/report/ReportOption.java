package dev.bridle.benchmarks.report;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the project is, and where reports go. */
public final class ReportOption {
  @Option(names = "--project", defaultValue = "${sys:bridle.project}", hidden = true)
  private Path project;

  /** The repository's top folder. */
  public Path project() {
    return project;
  }

  /** To the terminal, and as JSON to benchmarks/target. */
  public void publish(Report report) {
    report.publish(System.out, project.resolve("benchmarks/target"));
  }
}
