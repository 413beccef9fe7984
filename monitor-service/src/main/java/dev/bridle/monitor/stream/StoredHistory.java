package dev.bridle.monitor.stream;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.run.EpochHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The retained epochs in a state store, under {@code run/epoch} with the epoch in ten digits, each
 * as it came: so that nothing is written twice, and what only a newer version knows is kept.
 *
 * @param received the record that is being judged
 */
record StoredHistory(KeyValueStore<String, byte[]> store, byte[] received) implements EpochHistory {
  private static final String ZEROS = "0000000000";

  @Override
  public List<EpochCompleted> upTo(RunId run, int epoch) {
    if (epoch < 1) {
      return List.of();
    }
    List<EpochCompleted> epochs = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found = store.range(key(run, 1), key(run, epoch))) {
      while (found.hasNext()) {
        epochs.add(EventJson.mapper().readValue(found.next().value, EpochCompleted.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an epoch in the store", e);
    }
    return epochs;
  }

  @Override
  public boolean has(EpochCompleted epoch) {
    return store.get(key(epoch.run(), epoch.epoch())) != null;
  }

  @Override
  public void add(EpochCompleted epoch) {
    store.put(key(epoch.run(), epoch.epoch()), received);
  }

  @Override
  public void removeAfter(RunId run, int epoch) {
    List<String> superseded = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found =
        store.range(key(run, epoch + 1), key(run, Integer.MAX_VALUE))) {
      while (found.hasNext()) {
        KeyValue<String, byte[]> entry = found.next();
        superseded.add(entry.key);
      }
    }
    superseded.forEach(store::delete);
  }

  /** Removes a run's first epochs; returns how many it found. */
  static int removeFirst(KeyValueStore<String, byte[]> store, RunId run, int most) {
    List<String> first = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found =
        store.range(key(run, 1), key(run, Integer.MAX_VALUE))) {
      while (found.hasNext() && first.size() < most) {
        first.add(found.next().key);
      }
    }
    first.forEach(store::delete);
    return first.size();
  }

  private static String key(RunId run, int epoch) {
    String digits = Integer.toString(epoch);
    return run + "/" + ZEROS.substring(digits.length()) + digits;
  }
}
