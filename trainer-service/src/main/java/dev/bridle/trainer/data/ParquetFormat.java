package dev.bridle.trainer.data;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import dev.bridle.trainer.spec.DataSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Parquet, plain or compressed by Snappy or Zstandard, read row by row. Columns are of numbers,
 * booleans, which become 0 and 1, or texts; columns that are ignored may be of any type. A null is
 * an empty cell.
 */
final class ParquetFormat implements DataFormat {
  private static final long MOST_BYTES = 1L << 30;
  private static final Set<CompressionCodecName> CODECS =
      Set.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.ZSTD);

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public boolean recognizes(Path data) {
    return data.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  @Override
  public Table read(Path data, DataSpec spec, List<TargetColumn> targets) {
    String file = data.getFileName().toString();
    try {
      ParquetMetadata metadata = ParquetReader.readMetadata(data.toFile());
      List<ColumnDescriptor> columns = metadata.getFileMetaData().getSchema().getColumns();
      List<String> header =
          columns.stream().map(column -> String.join(".", column.getPath())).toList();
      Set<String> read =
          header.stream()
              .filter(column -> !spec.ignore().contains(column))
              .collect(Collectors.toSet());
      columns.forEach(column -> requireReadable(file, column, read));
      requireSize(file, metadata, read.size());
      requireCodec(file, metadata);
      TableBuilder table = new TableBuilder(file, spec, targets, header);
      Cells cells = new Cells(header);
      try (Stream<List<String>> rows =
          ParquetReader.streamContent(data.toFile(), HydratorSupplier.constantly(cells), read)) {
        long row = 0;
        for (Iterator<List<String>> all = rows.iterator(); all.hasNext(); ) {
          table.add("row " + ++row, all.next());
        }
      }
      return table.build(Sha256.of(data));
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DataException("%s cannot be read as Parquet: %s".formatted(file, reason(e)), e);
    }
  }

  /** The cells of a row as texts, in the header's order; those that aren't read are empty. */
  private static final class Cells implements Hydrator<String[], List<String>> {
    private final Map<String, Integer> positions = new HashMap<>();

    Cells(List<String> header) {
      header.forEach(column -> positions.put(column, positions.size()));
    }

    @Override
    public String[] start() {
      String[] cells = new String[positions.size()];
      Arrays.fill(cells, "");
      return cells;
    }

    @Override
    public String[] add(String[] cells, String column, Object value) {
      if (value != null) {
        cells[positions.get(column)] =
            value instanceof Boolean ? (value.equals(true) ? "1" : "0") : value.toString().strip();
      }
      return cells;
    }

    @Override
    public List<String> finish(String[] cells) {
      return List.of(cells);
    }
  }

  private static void requireReadable(String file, ColumnDescriptor column, Set<String> read) {
    String name = String.join(".", column.getPath());
    PrimitiveType type = column.getPrimitiveType();
    boolean flat = column.getPath().length == 1 && column.getMaxRepetitionLevel() == 0;
    if (!flat || read.contains(name) && !isNumberOrText(type)) {
      throw new DataException(
          "%s column '%s' should be of numbers, booleans or texts, one a row: was %s"
              .formatted(file, name, type.toString().replaceFirst("^(optional|required) ", "")));
    }
  }

  /** Whether the stored value is the one meant: that of a decimal lacks its scale. */
  private static boolean isNumberOrText(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    PrimitiveTypeName stored = type.getPrimitiveTypeName();
    if (stored == PrimitiveTypeName.BINARY) {
      return logical instanceof StringLogicalTypeAnnotation
          || logical instanceof EnumLogicalTypeAnnotation;
    }
    boolean signed =
        !(logical instanceof IntLogicalTypeAnnotation integer)
            || integer.isSigned()
            || integer.getBitWidth() < 32;
    return Set.of(
                PrimitiveTypeName.BOOLEAN,
                PrimitiveTypeName.INT32,
                PrimitiveTypeName.INT64,
                PrimitiveTypeName.FLOAT,
                PrimitiveTypeName.DOUBLE)
            .contains(stored)
        && (logical == null || logical instanceof IntLogicalTypeAnnotation)
        && signed;
  }

  /** Checks what the file declares, before anything of it is decoded. */
  private static void requireSize(String file, ParquetMetadata metadata, int columns) {
    long rows = 0;
    for (BlockMetaData group : metadata.getBlocks()) {
      rows += group.getRowCount();
      if (group.getTotalByteSize() > MOST_BYTES) {
        throw new DataException(
            "%s should have row groups of at most %d bytes: had one of %d"
                .formatted(file, MOST_BYTES, group.getTotalByteSize()));
      }
    }
    if (rows > Table.MOST_VALUES / Math.max(1, columns)) {
      throw new DataException(
          "%s should hold at most %d values: held %d rows of %d columns"
              .formatted(file, Table.MOST_VALUES, rows, columns));
    }
  }

  private static void requireCodec(String file, ParquetMetadata metadata) {
    for (BlockMetaData group : metadata.getBlocks()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (!CODECS.contains(chunk.getCodec())) {
          throw new DataException(
              "%s column '%s' should be compressed by one of SNAPPY, ZSTD or not at all: was %s"
                  .formatted(file, chunk.getPath().toDotString(), chunk.getCodec()));
        }
      }
    }
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
  }
}
