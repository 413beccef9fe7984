package dev.bridle.monitor.web.history;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB keeps the histories: about 80 MiB outside the heap, however many runs there are; no
 * log, for nothing has to survive the process.
 */
final class DiskSettings implements AutoCloseable {
  private static final long MEBIBYTE = 1L << 20;

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache = new LRUCache(32 * MEBIBYTE);
  private final BloomFilter filter = new BloomFilter(10);
  private final WriteOptions writing = new WriteOptions().setDisableWAL(true);
  private final DBOptions database =
      new DBOptions()
          .setCreateIfMissing(true)
          .setCreateMissingColumnFamilies(true)
          .setMaxOpenFiles(256);

  /** Their keys lie among all runs', and levels would merge nearly everything with every file. */
  private final ColumnFamilyOptions epochs =
      family(16).setCompactionStyle(CompactionStyle.UNIVERSAL);

  private final ColumnFamilyOptions rest = family(8);

  private ColumnFamilyOptions family(int bufferMebibytes) {
    return new ColumnFamilyOptions()
        .setWriteBufferSize(bufferMebibytes * MEBIBYTE)
        .setMaxWriteBufferNumber(2)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(filter)
                .setCacheIndexAndFilterBlocks(true));
  }

  DBOptions database() {
    return database;
  }

  ColumnFamilyOptions epochs() {
    return epochs;
  }

  ColumnFamilyOptions rest() {
    return rest;
  }

  WriteOptions writing() {
    return writing;
  }

  @Override
  public void close() {
    rest.close();
    epochs.close();
    database.close();
    writing.close();
    filter.close();
    cache.close();
  }
}
