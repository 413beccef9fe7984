package dev.bridle.benchmarks.serving;

import dev.bridle.benchmarks.bed.Child;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.serving.Load.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Both servers under the same load, in turns. */
final class ServingBenchmark {
  private static final double LEAST_SHARE = 0.7;
  private static final int MANY = 64;

  /** Who answers. */
  enum Server {
    SERVICE("service"),
    BARE("bare handler");

    private final String name;

    Server(String name) {
      this.name = name;
    }
  }

  /**
   * @param infer where requests go
   */
  record Running(Child process, URI infer) {}

  private record Turn(Outcome outcome, double processorMicros) {}

  private final Map<Server, Running> servers;
  private final Load load;
  private final int rounds;
  private final int seconds;

  ServingBenchmark(Map<Server, Running> servers, Load load, int rounds, int seconds) {
    this.servers = servers;
    this.load = load;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** Both give the same probabilities, or nothing is measured. */
  void requireEqualAnswers() {
    List<String> answers =
        servers.values().stream().map(ServingBenchmark::probabilities).distinct().toList();
    if (answers.size() != 1) {
      throw new IllegalStateException("the servers should answer alike: answered " + answers);
    }
  }

  /** So that neither compiles what it runs while it is measured. */
  void warmUp(int forSeconds) {
    for (Running server : servers.values()) {
      load.on(server.infer(), MANY, forSeconds);
    }
  }

  void run(Report report, int clients) {
    Map<Server, List<Turn>> turns = new EnumMap<>(Server.class);
    for (int round = 0; round < rounds; round++) {
      for (Server server : Server.values()) {
        turns.computeIfAbsent(server, name -> new ArrayList<>()).add(turn(server, clients));
      }
    }
    String title = clients + (clients == 1 ? " client, " : " clients, ");
    for (Server server : Server.values()) {
      List<Turn> own = turns.get(server);
      report.told(
          title + server.name + ", requests a second",
          median(own.stream(), turn -> turn.outcome().requests()),
          "");
      report.told(
          title + server.name + ", p99",
          median(own.stream(), turn -> turn.outcome().p99().toNanos() / 1e6),
          "ms");
      report.told(
          title + server.name + ", processor time of a request",
          median(own.stream(), Turn::processorMicros),
          "us");
    }
    report.measuredAgainst(
        Goal.atLeast(LEAST_SHARE),
        title + "requests a second, share of the bare handler's",
        share(turns, turn -> turn.outcome().requests()),
        "x");
    report.told(
        title + "p99, times the bare handler's",
        share(turns, turn -> turn.outcome().p99().toNanos()),
        "x");
  }

  private Turn turn(Server name, int clients) {
    Running server = servers.get(name);
    Duration before = server.process().processorTime();
    Outcome outcome = load.on(server.infer(), clients, seconds);
    if (outcome.refused() > 0) {
      throw new IllegalStateException(name + " should refuse nothing: refused " + outcome);
    }
    double nanos = server.process().processorTime().minus(before).toNanos();
    return new Turn(outcome, nanos / 1e3 / (outcome.requests() * seconds));
  }

  /** The median over the rounds, each of whose turns followed each other. */
  private static double share(Map<Server, List<Turn>> turns, ToDoubleFunction<Turn> value) {
    List<Turn> service = turns.get(Server.SERVICE);
    List<Turn> bare = turns.get(Server.BARE);
    return median(
        Stream.iterate(0, round -> round + 1).limit(service.size()),
        round -> value.applyAsDouble(service.get(round)) / value.applyAsDouble(bare.get(round)));
  }

  private static <T> double median(Stream<T> items, ToDoubleFunction<T> value) {
    double[] sorted = items.mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String probabilities(Running server) {
    HttpRequest request =
        HttpRequest.newBuilder(server.infer())
            .header("Inference-Header-Content-Length", Integer.toString(Load.jsonLength()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(Load.request()))
            .build();
    try {
      byte[] body =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      int bytes = ServedNetwork.CLASSES * Float.BYTES;
      return HexFormat.of().formatHex(body, Math.max(0, body.length - bytes), body.length);
    } catch (IOException e) {
      throw new UncheckedIOException(server.infer().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
