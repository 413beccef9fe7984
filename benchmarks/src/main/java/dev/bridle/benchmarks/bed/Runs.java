package dev.bridle.benchmarks.bed;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a trainer would send, of as many runs as are wanted. */
public final class Runs {
  private final EventCodec codec = new EventCodec(URI.create("/bridle/benchmarks"));
  private final String prefix;
  private final PolicySpec policy;
  private final Instant began = Instant.now();

  /**
   * @param prefix of the runs' ids: runs of another prefix are other runs
   */
  public Runs(String prefix, PolicySpec policy) {
    this.prefix = prefix;
    this.policy = policy;
  }

  public RunId id(int run) {
    return new RunId(prefix + "-" + run);
  }

  public ProducerRecord<byte[], byte[]> started(int run) {
    return record(
        new AttemptStarted(
            id(run), 1, 0, prefix, "benchmark", 1_000_000, Optional.of(policy), began));
  }

  /** Losses that fall with the epochs and vary by chance, the same for the same run and epoch. */
  public ProducerRecord<byte[], byte[]> epoch(int run, int epoch) {
    Random random = new Random(31L * run + epoch);
    double training = 0.3 + 2.0 / (1 + 0.05 * epoch) + 0.01 * random.nextGaussian();
    double validation = 0.4 + 2.0 / (1 + 0.05 * epoch) + 0.01 * random.nextGaussian();
    return epoch(
        run,
        epoch,
        Map.of(
            "trainingLoss",
            training,
            "validationLoss",
            validation,
            "learningRate",
            0.001,
            "epochSeconds",
            1.25,
            "label/accuracy",
            0.9 + 0.01 * random.nextDouble(),
            "gradientNorm/dense-1",
            1 + random.nextDouble()));
  }

  public ProducerRecord<byte[], byte[]> epoch(int run, int epoch, Map<String, Double> metrics) {
    return record(new EpochCompleted(id(run), 1, epoch, metrics, Instant.now()));
  }

  private ProducerRecord<byte[], byte[]> record(TrainingEvent event) {
    ProducerRecord<String, byte[]> encoded = codec.encode(event);
    return new ProducerRecord<>(
        encoded.topic(),
        null,
        encoded.timestamp(),
        encoded.key().getBytes(StandardCharsets.UTF_8),
        encoded.value(),
        encoded.headers());
  }
}
