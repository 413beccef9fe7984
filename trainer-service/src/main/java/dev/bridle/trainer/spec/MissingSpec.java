package dev.bridle.trainer.spec;

import java.util.List;

/**
 * That features may lack values.
 *
 * @param cells the texts that stand for a missing value: empty, {@code NA}, {@code NaN} and {@code
 *     ?}
 * @param impute what stands in for it: {@code median}
 */
public record MissingSpec(List<String> cells, Imputation impute) {
  private static final List<String> CELLS = List.of("", "NA", "NaN", "?");

  public MissingSpec {
    cells = List.copyOf(Require.orElse(cells, CELLS));
    Require.between("data.missing.cells (texts)", 1, 100, cells.size());
    impute = Require.orElse(impute, Imputation.MEDIAN);
  }
}
