package dev.bridle.monitor.web;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.localstack.broker.BrokerSettings;
import dev.bridle.localstack.broker.LocalBroker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker with made-up runs, to look at the page: one that memorizes and is stopped, one with
 * dropout that goes on, one that diverges. Arguments: the broker's folder, its port, its
 * controller's port, and how many further runs.
 */
public final class PageScenes {
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

  private PageScenes() {}

  public static void main(String[] arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[1]);
    int controllerPort = Integer.parseInt(arguments[2]);
    int more = Integer.parseInt(arguments[3]);
    LocalBroker broker =
        LocalBroker.start(new BrokerSettings(Path.of(arguments[0]), port, controllerPort));
    EventCodec codec = new EventCodec(URI.create("/bridle/scenes"));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      List<TrainingEvent> events = new ArrayList<>();
      if (more >= 0) {
        events.addAll(diverging());
        events.addAll(memorizing("digits-plain-7f3a", "digits-plain", 60));
        events.addAll(dropout());
      }
      for (int i = 0; i < more; i++) {
        events.addAll(memorizing("sweep-" + i, "sweep " + i, -60 * (i + 2)));
      }
      events.stream().map(codec::encode).forEach(producer::send);
      producer.flush();
    }
    Thread.currentThread().join();
  }

  private static List<TrainingEvent> memorizing(String run, String name, int second) {
    Events of = new Events(new RunId(run), name, 150, START.plusSeconds(second));
    Random noise = new Random(run.hashCode());
    SignalIssued stop = of.stop(1, 29, 19);
    List<TrainingEvent> events =
        new ArrayList<>(List.of(of.phase(1, Phase.QUEUED), of.attempt(1, 0)));
    for (int epoch = 1; epoch <= 29; epoch++) {
      double training = 0.06 + 2.2 * Math.exp(-epoch / 6.5) + 0.012 * noise.nextGaussian();
      double away = epoch - 19;
      double validation =
          0.86 + 1.35 * Math.exp(-epoch / 5.0) + 0.0016 * away * away + wobble(noise, epoch, 19);
      events.add(of.epoch(1, epoch, training, validation));
    }
    events.addAll(List.of(stop, of.applied(stop, 29)));
    events.add(
        of.ended(
            1, 29, 19, new TrainingOutcome.StoppedEarly(stop.id(), "patience", stop.reason())));
    events.add(of.model(1, "digits-plain", 3, 19));
    events.add(of.phase(1, Phase.SUCCEEDED, 600));
    return events;
  }

  private static double wobble(Random noise, int epoch, int best) {
    return epoch == best ? -0.01 : 0.012 + 0.012 * Math.abs(noise.nextGaussian());
  }

  private static List<TrainingEvent> dropout() {
    Events of =
        new Events(new RunId("digits-dropout-9c21"), "digits-dropout", 150, START.plusSeconds(90));
    Random noise = new Random(4);
    List<TrainingEvent> events =
        new ArrayList<>(
            List.of(of.phase(1, Phase.QUEUED), of.attempt(1, 0), of.phase(1, Phase.RUNNING)));
    for (int epoch = 1; epoch <= 64; epoch++) {
      double training = 0.42 + 1.8 * Math.exp(-epoch / 12.0) + 0.01 * noise.nextGaussian();
      double validation = 0.6 + 1.6 * Math.exp(-epoch / 13.0) + 0.014 * noise.nextGaussian();
      events.add(of.epoch(1, epoch, training, validation));
    }
    events.add(of.gap(1, 21));
    events.add(of.resolved(of.gap(1, 21), 40));
    return events;
  }

  private static List<TrainingEvent> diverging() {
    Events of = new Events(new RunId("digits-hot-11ab"), "digits-hot", 40, START);
    List<TrainingEvent> events =
        new ArrayList<>(List.of(of.phase(1, Phase.QUEUED), of.attempt(1, 0)));
    for (int epoch = 1; epoch <= 12; epoch++) {
      double loss = epoch < 5 ? 2.3 - 0.2 * epoch : 1.5 * Math.pow(2.6, epoch - 4);
      boolean broken = epoch > 10;
      events.add(of.epoch(1, epoch, broken ? Double.NaN : loss, broken ? Double.NaN : loss * 1.08));
    }
    events.add(of.ended(1, 12, 4, new TrainingOutcome.Diverged(12)));
    events.add(of.phase(1, Phase.FAILED, 700));
    return events;
  }
}
