package dev.bridle.trainer.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * What has been said and not yet acknowledged by Kafka, in order, on disk. It outlives a killed
 * process; only one process may have it open.
 */
public final class Spool implements AutoCloseable {
  private final MVStore store;
  private final MVMap<Long, byte[]> records;
  private final MVMap<Integer, Long> positions;
  private long next;

  /** A record and its place. */
  record Entry(long place, SpooledRecord record) {}

  /**
   * @throws IllegalStateException if another process has it open
   */
  public Spool(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      store =
          new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().cacheSize(1).open();
    } catch (MVStoreException e) {
      throw new IllegalStateException(
          "the spool %s cannot be opened: is another trainer using its folder? (%s)"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("the spool " + file, e);
    }
    records = store.openMap("records");
    positions = store.openMap("positions");
    next = records.isEmpty() ? 1 : records.lastKey() + 1;
  }

  synchronized void append(SpooledRecord record) {
    records.put(next++, record.toBytes());
    store.commit();
    notifyAll();
  }

  /** Waits until there is one. */
  synchronized Entry awaitFirst() throws InterruptedException {
    while (records.isEmpty()) {
      wait();
    }
    long place = records.firstKey();
    return new Entry(place, SpooledRecord.fromBytes(records.get(place)));
  }

  synchronized void remove(Entry entry) {
    records.remove(entry.place());
    store.commit();
  }

  /** Records that wait. */
  public synchronized int depth() {
    return records.size();
  }

  /** The last offset of a partition of signals that was read; empty for none. */
  synchronized Optional<Long> position(int partition) {
    return Optional.ofNullable(positions.get(partition));
  }

  /** Written to disk with the next record that is appended: it only spares repetitions. */
  synchronized void position(int partition, long offset) {
    positions.merge(partition, offset, Math::max);
  }

  @Override
  public synchronized void close() {
    store.close();
  }
}
