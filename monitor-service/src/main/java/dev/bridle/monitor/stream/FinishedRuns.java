package dev.bridle.monitor.stream;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunEnded;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.run.EpochHistory;
import dev.bridle.monitor.run.FinishedCurve;
import dev.bridle.monitor.run.References;
import dev.bridle.monitor.run.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What finished runs leave for those that come: their curves, by experiment and metric, of which
 * every instance has a copy.
 */
final class FinishedRuns {
  static final String STORE = "finished-curves";

  /** No name has it. */
  private static final String SEPARATOR = "\0";

  private final ReadOnlyKeyValueStore<String, byte[]> curves;

  FinishedRuns(ReadOnlyKeyValueStore<String, byte[]> curves) {
    this.curves = curves;
  }

  /** The policy, with what its rules take from the experiment's finished runs frozen in it. */
  PolicySpec frozen(String experiment, PolicySpec policy) {
    return References.frozen(policy, metric -> of(experiment, metric));
  }

  /** The records that a run leaves behind: none if it didn't train to an end of its own. */
  Map<String, byte[]> left(RunState run, RunEnded end, EpochHistory history) {
    Map<String, byte[]> records = new TreeMap<>();
    boolean finished =
        end.outcome() instanceof TrainingOutcome.Completed
            || end.outcome() instanceof TrainingOutcome.StoppedEarly;
    if (finished && !run.experiment().isEmpty()) {
      List<EpochCompleted> epochs = history.upTo(end.run(), end.lastEpoch());
      for (String metric : References.metrics(run.policy())) {
        FinishedCurve curve = FinishedCurve.of(epochs, metric);
        if (curve.isMeasured()) {
          String key = prefix(run.experiment(), metric) + end.run();
          records.put(key, written(curve));
        }
      }
    }
    return records;
  }

  private List<FinishedCurve> of(String experiment, String metric) {
    List<FinishedCurve> found = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> entries =
        curves.prefixScan(prefix(experiment, metric), new StringSerializer())) {
      while (entries.hasNext()) {
        found.add(read(entries.next().value));
      }
    }
    return found;
  }

  private static String prefix(String experiment, String metric) {
    return experiment + SEPARATOR + metric + SEPARATOR;
  }

  private static byte[] written(FinishedCurve curve) {
    try {
      return EventJson.mapper().writeValueAsBytes(curve);
    } catch (IOException e) {
      throw new UncheckedIOException("a finished run's curve", e);
    }
  }

  private static FinishedCurve read(byte[] json) {
    try {
      return EventJson.mapper().readValue(json, FinishedCurve.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a finished run's curve in the store", e);
    }
  }
}
