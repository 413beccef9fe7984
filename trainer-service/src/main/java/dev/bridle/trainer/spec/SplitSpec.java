package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * Which rows train, validate and test. {@code stratified} and {@code random} take shares of the
 * rows, each in (0, 1), together at most 1, by default 0.6, 0.2 and 0.2; rows beyond their sum stay
 * unused. The other kinds use all rows.
 *
 * @param kind {@code stratified}
 * @param validation of {@code column}: the share of the training rows that validate, where the
 *     column names none
 * @param column of {@code column}: whose cells are {@code training}, {@code validation} or {@code
 *     test}; required
 * @param folds of {@code folds}: into how many parts the rows are cut, 3 to 100; required
 * @param fold of {@code folds}: the one that tests, 1 to {@code folds}; the next one validates, the
 *     first after the last; required
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SplitSpec(
    Kind kind,
    Double training,
    Double validation,
    Double test,
    String column,
    Integer folds,
    Integer fold) {
  static final SplitSpec DEFAULT = new SplitSpec(0.6, 0.2, 0.2);
  private static final double ROUNDING = 1e-9;

  /** How rows are told apart. */
  public enum Kind {
    /** By chance, every class with its share in each part, within one row. */
    @JsonProperty("stratified")
    STRATIFIED,
    /** By chance, whatever their classes. */
    @JsonProperty("random")
    RANDOM,
    /** By what a column says. */
    @JsonProperty("column")
    COLUMN,
    /** Into parts of equal size by chance, stratified, each of which tests one run of several. */
    @JsonProperty("folds")
    FOLDS
  }

  public SplitSpec {
    kind = Require.orElse(kind, Kind.STRATIFIED);
    boolean shares = kind == Kind.STRATIFIED || kind == Kind.RANDOM;
    if (shares && training == null && validation == null && test == null) {
      training = 0.6;
      validation = 0.2;
      test = 0.2;
    }
    if (shares) {
      share("training", training);
      share("validation", validation);
      share("test", test);
      if (training + validation + test > 1 + ROUNDING) {
        throw new InvalidFieldException(
            "data.split", "should add up to at most 1: was " + (training + validation + test));
      }
    } else {
      absent(kind, "training", training);
      absent(kind, "test", test);
    }
    if (kind == Kind.COLUMN) {
      Require.text("data.split.column", 100, column);
      if (validation != null) {
        share("validation", validation);
      }
    } else {
      absent(kind, "column", column);
    }
    if (kind == Kind.FOLDS) {
      absent(kind, "validation", validation);
      Require.between("data.split.folds", 3, 100, Require.present("data.split.folds", folds));
      Require.between("data.split.fold", 1, folds, Require.present("data.split.fold", fold));
    } else {
      absent(kind, "folds", folds);
      absent(kind, "fold", fold);
    }
  }

  /** A stratified one. */
  public SplitSpec(Double training, Double validation, Double test) {
    this(Kind.STRATIFIED, training, validation, test, null, null, null);
  }

  private static void share(String field, Double value) {
    String path = "data.split." + field;
    if (!(Require.present(path, value) > 0 && value < 1)) {
      throw new InvalidFieldException(path, "should be above 0 and below 1: was " + value);
    }
  }

  private static void absent(Kind kind, String field, Object value) {
    if (value != null) {
      throw new InvalidFieldException(
          "data.split." + field,
          "should be absent where data.split.kind is %s: was %s"
              .formatted(kind.name().toLowerCase(Locale.ROOT), value));
    }
  }
}
