package dev.bridle.trainer.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.wire.EventJson;
import dev.bridle.trainer.data.DatasetsFolder;
import dev.bridle.trainer.data.RemoteData;
import dev.bridle.trainer.data.S3;
import dev.bridle.trainer.queue.KafkaQueueLog;
import dev.bridle.trainer.queue.SharedQueue;
import dev.bridle.trainer.runs.LocalQueue;
import dev.bridle.trainer.runs.RunQueue;
import dev.bridle.trainer.runs.RunWorker;
import dev.bridle.trainer.runs.Runs;
import dev.bridle.trainer.runs.TrainingSetup;
import dev.bridle.trainer.stream.KafkaEmitter;
import dev.bridle.trainer.stream.KafkaHealth;
import dev.bridle.trainer.stream.Spool;
import dev.bridle.trainer.stream.SpoolPublisher;
import dev.bridle.trainer.stream.SpooledAnnouncements;
import dev.bridle.trainer.study.Studies;
import dev.bridle.trainer.train.TorchEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.Readiness;

/**
 * What the trainer consists of: {@link Runs} over REST, the thread that trains them, the spool that
 * holds what they say, its way to Kafka, and the listener for signals.
 */
@Singleton
public class TrainerService {
  void start(@Observes StartupEvent event, RunWorker worker, SpoolPublisher publisher) {
    publisher.start();
    worker.start();
  }

  void stop(@Observes ShutdownEvent event, RunWorker worker, TrainerSettings settings)
      throws InterruptedException {
    worker.stop(settings.shutdownPatience());
  }

  @Produces
  @Singleton
  RunWorker worker(Runs runs) {
    return new RunWorker(runs);
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  ObjectMapper json() {
    return EventJson.mapper().copy();
  }

  @Produces
  @Singleton
  Spool spool(TrainerSettings settings) {
    return new Spool(settings.workDir().resolve("spool.mv"));
  }

  void close(@Disposes Spool spool) {
    spool.close();
  }

  @Produces
  @Singleton
  SpoolPublisher publisher(Spool spool, KafkaEmitter emitter, MeterRegistry meters) {
    return new SpoolPublisher(spool, emitter, meters);
  }

  void stop(@Disposes SpoolPublisher publisher) throws InterruptedException {
    publisher.stop();
  }

  @Produces
  @Singleton
  RunQueue queue(
      TrainerSettings settings, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    return switch (settings.queue()) {
      case LOCAL -> new LocalQueue(settings.queueLimit());
      case KAFKA ->
          SharedQueue.renewed(new KafkaQueueLog(kafka), settings.lease(), settings.queueLimit());
    };
  }

  void close(@Disposes RunQueue queue) {
    queue.close();
  }

  @Produces
  @Singleton
  Runs runs(
      TrainerSettings settings, RunQueue queue, Spool spool, Clock clock, MeterRegistry meters) {
    TrainingSetup setup =
        new TrainingSetup(
            new DatasetsFolder(settings.datasetsDir(), remoteData(settings)),
            settings.publicUrl(),
            settings.checkpointInterval(),
            () -> TorchEngine.load(settings.engineCacheDir(), settings.engineThreads()));
    Path folder = settings.runsDir().orElse(settings.workDir().resolve("runs"));
    Runs runs = new Runs(queue, folder, setup, new SpooledAnnouncements(spool), clock);
    if (queue instanceof LocalQueue local) {
      // Before anyone reads a signal, for one of an unknown run is passed over.
      runs.restore(local);
    }
    Gauge.builder("bridle.trainer.queue", runs, Runs::waiting)
        .description("Runs that wait")
        .baseUnit("runs")
        .register(meters);
    return runs;
  }

  private static RemoteData remoteData(TrainerSettings settings) {
    return new RemoteData(
        settings.remoteData().hosts().orElse(List.of()),
        settings.remoteData().addresses(),
        settings.remoteData().limit().asLongValue(),
        settings.remoteData().timeout(),
        settings.workDir().resolve("data"),
        settings
            .remoteData()
            .s3()
            .endpoint()
            .map(
                endpoint -> new S3(endpoint, settings.remoteData().s3().region(), keys(settings))));
  }

  private static Optional<S3.Credentials> keys(TrainerSettings settings) {
    return settings
        .remoteData()
        .s3()
        .accessKey()
        .map(
            key ->
                new S3.Credentials(
                    key,
                    settings
                        .remoteData()
                        .s3()
                        .secretKey()
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "bridle.trainer.remote-data.s3.secret-key is required with"
                                        + " access-key"))));
  }

  @Produces
  @Singleton
  Studies studies(TrainerSettings settings, Runs runs, Clock clock) {
    return new Studies(runs, settings.workDir().resolve("studies"), clock);
  }

  @Produces
  @Singleton
  @Readiness
  KafkaHealth kafkaHealth(Spool spool, SpoolPublisher publisher) {
    return new KafkaHealth(spool, publisher);
  }
}
