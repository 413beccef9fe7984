package dev.bridle.benchmarks.console;

import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.FiveRules;
import dev.bridle.benchmarks.bed.KafkaClients;
import dev.bridle.benchmarks.bed.Runs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/** Runs that go on at the same time: each sends its next epoch when it is told. */
final class LiveLoad implements AutoCloseable {
  /** Layers of the long run that have norms and an update ratio each. */
  static final int LAYERS = 8;

  private static final Duration STEP_LIMIT = Duration.ofSeconds(30);

  private final Producer<byte[], byte[]> producer;
  private final Runs many = new Runs("live", FiveRules.POLICY);
  private final Runs one = new Runs("long", FiveRules.POLICY);
  private final int runs;
  private int manyEpoch;
  private volatile int longEpoch;

  LiveLoad(KafkaClients clients, int runs) {
    this.runs = runs;
    producer = clients.producer(Map.of("linger.ms", 5, "batch.size", 65_536));
    for (int run = 0; run < runs; run++) {
      producer.send(many.started(run));
    }
    producer.send(one.started(0));
  }

  String longRun() {
    return one.id(0).value();
  }

  int longEpoch() {
    return longEpoch;
  }

  /** The next epoch of every run but the long one. */
  void everyRunGoesOn() {
    manyEpoch++;
    for (int run = 0; run < runs; run++) {
      producer.send(many.epoch(run, manyEpoch));
    }
    producer.flush();
  }

  /** So many further epochs of the long run. */
  void longRunGoesOn(int epochs) {
    for (int i = 0; i < epochs; i++) {
      longEpoch++;
      producer.send(one.epoch(0, longEpoch, metrics(longEpoch)));
    }
    producer.flush();
  }

  /** Takes the step every so often while the scene is played, at once for the first time. */
  static void meanwhile(long everyMillis, Runnable step, Runnable scene) {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      clock.scheduleAtFixedRate(step, 0, everyMillis, TimeUnit.MILLISECONDS);
      scene.run();
    } finally {
      clock.shutdown();
      Await.until("the last step's end", STEP_LIMIT, clock::isTerminated);
    }
  }

  private static Map<String, Double> metrics(int epoch) {
    Map<String, Double> metrics = new HashMap<>();
    metrics.put("trainingLoss", 1 / Math.sqrt(epoch));
    metrics.put("validationLoss", 0.4 + 1 / Math.sqrt(epoch) + 0.01 * Math.sin(epoch));
    for (int layer = 1; layer <= LAYERS; layer++) {
      metrics.put("gradientNorm/layer" + layer, layer / Math.sqrt(epoch));
      metrics.put("weightNorm/layer" + layer, layer * Math.sqrt(epoch));
      metrics.put("updateRatio/layer" + layer, 1e-3 / layer);
    }
    return metrics;
  }

  @Override
  public void close() {
    producer.close();
  }
}
