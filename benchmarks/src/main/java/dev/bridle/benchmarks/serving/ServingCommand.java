package dev.bridle.benchmarks.serving;

import dev.bridle.benchmarks.bed.Service;
import dev.bridle.benchmarks.bed.TestBed;
import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import dev.bridle.benchmarks.serving.ServingBenchmark.Running;
import dev.bridle.benchmarks.serving.ServingBenchmark.Server;
import dev.bridle.localstack.broker.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run serving}. */
@Command(
    name = "serving",
    description =
        "Plain answers over REST with binary tensors, beside ONNX Runtime in a bare handler.",
    mixinStandardHelpOptions = true)
public final class ServingCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(
      names = "--clients",
      split = ",",
      defaultValue = "1,8,64",
      description = "default: ${DEFAULT-VALUE}")
  List<Integer> clients;

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "of each server in each round (default: ${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--warmup",
      defaultValue = "20",
      description =
          "seconds of each server under 64 clients before all rounds (default: ${DEFAULT-VALUE})")
  int warmup;

  @Option(names = "--jvm", description = "an option of the service's JVM; may be repeated")
  List<String> jvm = List.of();

  @Override
  public void run() {
    Report report = new Report("serving");
    try (TestBed bed = TestBed.withoutBroker(output.project())) {
      Map<Server, Running> servers = Map.of(Server.BARE, bare(bed), Server.SERVICE, service(bed));
      ServingBenchmark benchmark =
          new ServingBenchmark(servers, new Load(bed.folder()), rounds, seconds);
      benchmark.requireEqualAnswers();
      benchmark.warmUp(warmup);
      for (int count : clients) {
        benchmark.run(report, count);
      }
    }
    output.publish(report);
  }

  private static Running bare(TestBed bed) {
    Path model = stored(bed.folder().resolve("bare.onnx"));
    int port = FreePorts.next();
    return new Running(
        bed.program(
            BareServer.class,
            List.of("-XX:+UseSerialGC", "-Xmx512m"),
            List.of(model.toString(), Integer.toString(port))),
        URI.create("http://127.0.0.1:" + port + "/"));
  }

  /** As it is delivered, without Kafka: the model is in its folder. */
  private Running service(TestBed bed) {
    Path repository = bed.folder().resolve("models");
    stored(repository.resolve("mlp/1/model.onnx"));
    List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    options.addAll(jvm);
    options.add("-Dbridle.inference.repository-dir=" + repository);
    options.add("-Dmp.messaging.incoming.models.enabled=false");
    options.add("-Dmp.messaging.outgoing.dead-letters.enabled=false");
    Service service = bed.service("inference-service", "inference", options);
    return new Running(service.process(), service.address().resolve("/v2/models/mlp/infer"));
  }

  private static Path stored(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, ServedNetwork.onnx());
    } catch (IOException e) {
      throw new UncheckedIOException("the model " + file, e);
    }
  }
}
