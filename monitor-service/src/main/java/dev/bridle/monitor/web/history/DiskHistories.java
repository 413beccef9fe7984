package dev.bridle.monitor.web.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.web.projection.Chapter;
import dev.bridle.monitor.web.projection.RunHistories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * Histories in RocksDB, under {@code run/chapter/key}, as the events' JSON. It writes no log of
 * what it writes: the topics are that. Safe for use by several threads; the memory that it takes
 * outside the heap is bounded by {@link DiskSettings}.
 *
 * <p>Nearly everything is epochs, which are seldom asked for. So they have a column family of their
 * own, lest whoever looks for an alert searches among them, and they are written many at a time.
 */
public final class DiskHistories implements RunHistories {
  private static final char SEPARATOR = '/';
  private static final char AFTER_SEPARATOR = SEPARATOR + 1;

  /** Epochs that are written together, unless somebody reads before there are so many. */
  private static final int AT_ONCE = 256;

  private final DiskSettings settings = new DiskSettings();
  private final RocksDB database;
  private final ColumnFamilyHandle rest;
  private final ColumnFamilyHandle epochs;

  /** Epochs that are yet to be written; its own lock. */
  private final WriteBatch unwritten = new WriteBatch();

  /**
   * Empties the folder first, should an earlier process have left something there.
   *
   * @throws UncheckedIOException if the folder cannot be written
   */
  public DiskHistories(Path folder) {
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try (Options everything = new Options(settings.database(), settings.rest())) {
      Files.createDirectories(folder);
      RocksDB.destroyDB(folder.toString(), everything);
      database =
          RocksDB.open(
              settings.database(),
              folder.toString(),
              List.of(
                  new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, settings.rest()),
                  new ColumnFamilyDescriptor("epochs".getBytes(UTF_8), settings.epochs())),
              families);
      rest = families.get(0);
      epochs = families.get(1);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the runs' histories", e);
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  @Override
  public <E extends TrainingEvent> void put(Chapter<E> chapter, E entry, byte[] json) {
    try {
      if (chapter != Chapter.EPOCHS) {
        database.put(rest, settings.writing(), key(chapter, entry), json);
        return;
      }
      synchronized (unwritten) {
        unwritten.put(epochs, key(chapter, entry), json);
        if (unwritten.count() >= AT_ONCE) {
          writeAll();
        }
      }
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  private void writeAll() throws RocksDBException {
    synchronized (unwritten) {
      if (unwritten.count() > 0) {
        database.write(settings.writing(), unwritten);
        unwritten.clear();
      }
    }
  }

  /** Where the chapter lies, all that was put there included. */
  private ColumnFamilyHandle written(Chapter<?> chapter) throws RocksDBException {
    if (chapter != Chapter.EPOCHS) {
      return rest;
    }
    writeAll();
    return epochs;
  }

  @Override
  public <E extends TrainingEvent> Optional<E> find(Chapter<E> chapter, RunId run, String key) {
    try {
      return Optional.ofNullable(database.get(written(chapter), key(chapter, run, key)))
          .map(json -> read(chapter, json));
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  @Override
  public <E extends TrainingEvent> List<E> read(Chapter<E> chapter, RunId run) {
    byte[] first = key(chapter, run, "");
    byte[] beyond = first.clone();
    beyond[beyond.length - 1] = AFTER_SEPARATOR;
    List<E> entries = new ArrayList<>();
    try (Slice end = new Slice(beyond);
        ReadOptions range = new ReadOptions().setIterateUpperBound(end);
        RocksIterator at = database.newIterator(written(chapter), range)) {
      for (at.seek(first); at.isValid(); at.next()) {
        entries.add(read(chapter, at.value()));
      }
      at.status();
    } catch (RocksDBException e) {
      throw failed(e);
    }
    return entries;
  }

  @Override
  public <E extends TrainingEvent> void remove(Chapter<E> chapter, E entry) {
    try {
      database.delete(written(chapter), settings.writing(), key(chapter, entry));
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  @Override
  public void forget(RunId run) {
    byte[] first = (run.value() + SEPARATOR).getBytes(UTF_8);
    byte[] beyond = (run.value() + AFTER_SEPARATOR).getBytes(UTF_8);
    try {
      writeAll();
      for (ColumnFamilyHandle family : List.of(rest, epochs)) {
        database.deleteRange(family, settings.writing(), first, beyond);
      }
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    unwritten.close();
    rest.close();
    epochs.close();
    database.close();
    settings.close();
  }

  private static <E extends TrainingEvent> byte[] key(Chapter<E> chapter, E entry) {
    return key(chapter, entry.run(), chapter.keyOf().apply(entry));
  }

  private static byte[] key(Chapter<?> chapter, RunId run, String key) {
    return (run.value() + SEPARATOR + chapter.name() + SEPARATOR + key).getBytes(UTF_8);
  }

  private static <E extends TrainingEvent> E read(Chapter<E> chapter, byte[] json) {
    try {
      return EventJson.mapper().readValue(json, chapter.event());
    } catch (IOException e) {
      throw new UncheckedIOException("an entry of the runs' histories", e);
    }
  }

  private static UncheckedIOException failed(RocksDBException e) {
    return new UncheckedIOException(
        new IOException("the runs' histories on disk: " + e.getMessage(), e));
  }
}
