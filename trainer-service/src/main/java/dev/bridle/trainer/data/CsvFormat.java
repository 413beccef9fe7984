package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** CSV (RFC 4180) in UTF-8 with a header line, read row by row. */
final class CsvFormat implements DataFormat {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public boolean recognizes(Path data) {
    return data.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  @Override
  public Table read(Path data, DataSpec spec, List<TargetColumn> targets) {
    String file = data.getFileName().toString();
    try (CSVParser parser = CSVParser.parse(data, StandardCharsets.UTF_8, FORMAT)) {
      TableBuilder table = new TableBuilder(file, spec, targets, parser.getHeaderNames());
      for (CSVRecord row : parser) {
        table.add("line " + parser.getCurrentLineNumber(), row.toList());
      }
      return table.build(Sha256.of(data));
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      throw new DataException("%s cannot be read as CSV: %s".formatted(file, e.getMessage()), e);
    }
  }
}
