package dev.bridle.benchmarks.bare;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** Where the bare topology keeps what it writes to a changelog. */
public enum Keeping {
  /** In stores on disk, as the monitor does. */
  ROCKSDB("stores in RocksDB", Optional.of(Stores::persistentKeyValueStore)),

  /** In stores in memory, whose values are all the same array: the heap holds their keys alone. */
  HEAP("stores in memory", Optional.of(Stores::inMemoryKeyValueStore)),

  /** Nowhere: it forwards what a store would have written. The rest is what stores cost. */
  NOWHERE("no stores", Optional.empty());

  private final String words;
  private final Optional<Function<String, KeyValueBytesStoreSupplier>> stores;

  Keeping(String words, Optional<Function<String, KeyValueBytesStoreSupplier>> stores) {
    this.words = words;
    this.stores = stores;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Whether a store writes it. */
  public boolean keeps(Output output) {
    return stores.isPresent() && output.isChangelog();
  }

  KeyValueBytesStoreSupplier store(String name) {
    return stores.orElseThrow().apply(name);
  }
}
