package dev.bridle.monitor.web.history;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB keeps the histories: about 64 MiB outside the heap, however many runs there are; no
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
  private final Options options =
      new Options()
          .setCreateIfMissing(true)
          .setWriteBufferSize(16 * MEBIBYTE)
          .setMaxWriteBufferNumber(2)
          .setMaxOpenFiles(256)
          .setCompressionType(CompressionType.LZ4_COMPRESSION)
          .setTableFormatConfig(
              new BlockBasedTableConfig()
                  .setBlockCache(cache)
                  .setFilterPolicy(filter)
                  .setCacheIndexAndFilterBlocks(true));

  Options options() {
    return options;
  }

  WriteOptions writing() {
    return writing;
  }

  @Override
  public void close() {
    options.close();
    writing.close();
    filter.close();
    cache.close();
  }
}
