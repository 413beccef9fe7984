package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The formats that data may have: one line each. */
public final class DataFormats {
  static final List<DataFormat> ALL =
      List.of(new CsvFormat(), new ParquetFormat(), new IdxFormat(), new ImageFolderFormat());

  private DataFormats() {}

  /** As {@code data.format} spells them. */
  public static List<String> names() {
    return ALL.stream().map(DataFormat::name).toList();
  }

  /**
   * The format that {@code data.format} names, or else the one that recognizes the data.
   *
   * @throws InvalidFieldException if there is none
   */
  public static DataFormat of(Path data, Optional<String> name) {
    return ALL.stream()
        .filter(format -> name.map(format.name()::equals).orElseGet(() -> format.recognizes(data)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    "data.format",
                    "should be one of %s: %s"
                        .formatted(
                            String.join(", ", names()),
                            name.map(given -> "was '" + given + "'")
                                .orElse(
                                    "is absent, and '%s' doesn't tell"
                                        .formatted(data.getFileName())))));
  }

  /**
   * Reads data in the format that it has.
   *
   * @throws DataException if it is not what the spec says
   */
  public static Table read(Path data, DataSpec spec, List<TargetColumn> targets) {
    Table table = of(data, spec.format()).read(data, spec, targets);
    spec.sha256()
        .filter(expected -> !expected.equals(table.sha256()))
        .ifPresent(
            expected -> {
              throw new DataException(
                  "data.sha256 should be that of %s: was %s, the data's is %s"
                      .formatted(data.getFileName(), expected, table.sha256()));
            });
    return table;
  }
}
