package dev.bridle.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.localstack.follow.FinishedRun;
import dev.bridle.localstack.follow.RunFollower;
import dev.bridle.localstack.service.JsonClient;
import dev.bridle.localstack.stack.StackLayout;
import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The closed loop on real data: digits with noisy labels, trained without and with dropout,
 * watched, stopped, exported, served, and asked what they know.
 */
public final class Demo {
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(60);

  private final Path project;
  private final Terminal terminal;
  private final JsonClient trainer;
  private final JsonClient monitor;
  private final JsonClient inference;

  public Demo(Path project, StackLayout layout, Terminal terminal) {
    this.project = project;
    this.terminal = terminal;
    this.trainer = new JsonClient("trainer", layout.trainer());
    this.monitor = new JsonClient("monitor", layout.monitor());
    this.inference = new JsonClient("inference service", layout.inference());
  }

  /**
   * Runs it on a stack that is up.
   *
   * @throws DemoException if it can't be brought to its end
   */
  public void run() {
    terminal.line("");
    terminal.line(
        terminal.paint(Style.BOLD, "Handwritten digits, 30 % of the training labels replaced"));
    terminal.line(
        "One network learns them twice, without and with dropout. It could learn the wrong labels");
    terminal.line("by heart; the monitor watches every epoch and stops it in time.");
    terminal.line("");
    String plain = submit("digits-plain.json");
    String dropout = submit("digits-dropout.json");
    FinishedRun plainRun = follow(plain);
    FinishedRun dropoutRun = follow(dropout);
    report(plainRun, dropoutRun);
  }

  private String submit(String spec) {
    Path file = project.resolve("examples").resolve("specs").resolve(spec);
    try {
      return trainer.send("/v1/runs", Files.readString(file)).path("run").asText();
    } catch (IOException e) {
      throw new DemoException("The run %s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private FinishedRun follow(String run) {
    FinishedRun finished = new RunFollower(trainer, monitor, terminal).follow(run);
    if (!finished.snapshot().isSucceeded()) {
      throw new DemoException(
          "The run %s has no model: %s. The trainer's log tells more."
              .formatted(finished.snapshot().name(), finished.snapshot().ending()));
    }
    return finished;
  }

  private void report(FinishedRun plain, FinishedRun dropout) {
    ServedModel plainModel = served(plain);
    ServedModel dropoutModel = served(dropout);
    Dataset digits =
        Dataset.read(project.resolve("examples").resolve("data").resolve("digits.csv"));
    DemoTable table = new DemoTable(terminal);
    Dataset plainTest = digits.rows(testRows(plain));
    Dataset dropoutTest = digits.rows(testRows(dropout));
    table.print(
        Comparison.of(plainModel, plainTest, dropoutModel, dropoutTest), plainTest.labels().size());
  }

  private ServedModel served(FinishedRun run) {
    String model = run.snapshot().name();
    ServedModel served = new ServedModel(inference, model, run.version());
    if (!served.awaitReady(SERVED_WITHIN)) {
      throw new DemoException(
          "The inference service did not serve %s within %d seconds: its log tells why."
              .formatted(model, SERVED_WITHIN.toSeconds()));
    }
    return served;
  }

  private List<Integer> testRows(FinishedRun run) {
    String path = "/v1/runs/" + run.run() + "/artifacts/splits.json";
    JsonNode splits =
        trainer.read(path).orElseThrow(() -> new DemoException("The trainer has no " + path + "."));
    List<Integer> rows = new ArrayList<>();
    splits.path("test").forEach(row -> rows.add(row.asInt()));
    return rows;
  }
}
