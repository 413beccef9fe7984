package dev.bridle.trainer.data;

import dev.bridle.trainer.spec.DataSpec;
import java.nio.file.Path;
import java.util.List;

/** How a data set lies in a file or a folder. Stateless. */
public interface DataFormat {
  /** What {@code data.format} calls it. */
  String name();

  /** Whether the name of a file, or the names in a folder, say that it is this format. */
  boolean recognizes(Path data);

  /**
   * Reads all of it.
   *
   * @param data a file or a folder; links inside of a folder are not followed
   * @param targets the columns that are to be predicted
   * @throws DataException naming the file, and line and column or what else of it is wrong
   */
  Table read(Path data, DataSpec spec, List<TargetColumn> targets);
}
