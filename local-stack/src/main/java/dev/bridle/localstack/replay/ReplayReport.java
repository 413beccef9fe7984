package dev.bridle.localstack.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.SignalIssued;
import dev.bridle.monitor.replay.Replayed;
import java.util.List;
import java.util.OptionalInt;

/** What a policy makes of curves, for people and for programs. */
public final class ReplayReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReplayReport() {}

  /** A list of {@code {"curve", "stopIndex", "bestIndex", "reason", "signals"}}. */
  public static String json(List<Replayed> replayed) {
    ArrayNode all = JSON.createArrayNode();
    for (Replayed one : replayed) {
      ObjectNode node = all.addObject().put("curve", one.curve());
      put(node, "stopIndex", one.stopIndex());
      put(node, "bestIndex", one.bestIndex());
      node.put("reason", one.reason());
      ArrayNode signals = node.putArray("signals");
      one.signals().forEach(signal -> add(signals.addObject(), signal));
    }
    return all.toPrettyString();
  }

  /** A few lines a curve. */
  public static List<String> lines(Replayed one) {
    if (one.stopIndex().isEmpty()) {
      return List.of(one.curve() + ": no stop");
    }
    return List.of(
        "%s: stop after index %d, best index %s, %d epochs saved"
            .formatted(
                one.curve(),
                one.stopIndex().getAsInt(),
                one.bestIndex().isPresent() ? one.bestIndex().getAsInt() : "unknown",
                one.epochsSaved()),
        "  " + one.reason());
  }

  /** One line a signal that isn't the stop. */
  public static String line(Replayed.IndexedSignal signal) {
    return "  index %d: %s".formatted(signal.index(), signal.signal().reason());
  }

  private static void put(ObjectNode node, String name, OptionalInt index) {
    if (index.isPresent()) {
      node.put(name, index.getAsInt());
    } else {
      node.putNull(name);
    }
  }

  private static void add(ObjectNode node, Replayed.IndexedSignal indexed) {
    SignalIssued signal = indexed.signal();
    node.put("index", indexed.index());
    if (signal.signal() instanceof ControlSignal.ReduceLearningRate reduce) {
      node.put("action", "reduceLearningRate");
      double rate = signal.evidence().getOrDefault("learningRate", Double.NaN) * reduce.factor();
      if (Double.isNaN(rate)) {
        node.put("factor", reduce.factor());
      } else {
        node.put("learningRate", rate);
      }
    } else if (signal.signal() instanceof ControlSignal.StrengthenRegularization strengthen) {
      node.put("action", "strengthenRegularization")
          .put("technique", strengthen.technique())
          .put("factor", strengthen.factor());
    }
  }
}
