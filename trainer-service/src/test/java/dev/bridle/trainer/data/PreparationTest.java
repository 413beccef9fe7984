package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.ModelKinds;
import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.Imputation;
import dev.bridle.trainer.spec.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final float NONE = Float.NaN;
  private static final List<String> NAMES = List.of("a", "b");

  /** Column a: 1, 2, missing, 6; column b: missing, 5, missing, 8. */
  private final Rows rows = new Rows(new float[] {1, NONE, 2, 5, NONE, NONE, 6, 8}, 2, new int[4]);

  @Test
  void whatStandsInIsTheMeanOrMedianOfTheValuesThatAreThere() {
    assertThat(Imputer.fitted(rows, Imputation.MEAN, NAMES).values()).containsExactly(3, 6.5f);
    assertThat(Imputer.fitted(rows, Imputation.MEDIAN, NAMES).values()).containsExactly(2, 6.5f);
    assertThat(new Imputer(new float[] {-1, -2}).imputed(rows).features())
        .containsExactly(1, -2, 2, 5, -1, -2, 6, 8);
  }

  @Test
  void aColumnWithoutAnyValueIsNamed() {
    assertThatThrownBy(() -> Imputer.fitted(rows.select(new int[] {0, 2}), Imputation.MEAN, NAMES))
        .isInstanceOf(DataException.class)
        .hasMessage("column 'b' has no value in the 2 training rows: data.ignore can leave it out");
  }

  @Test
  void imputerAndScalerKnowTheTrainingRowsAlone() {
    RunSpec spec = ModelKinds.spec(ModelKinds.GAPS, 1);
    PreparedData data = Digits.prepared(spec);
    Rows training = data.table().select(data.splits().training());
    List<String> names = data.table().featureNames();
    Imputer imputer = Imputer.fitted(training, Imputation.MEAN, names);
    assertThat(data.preparation().imputer().orElseThrow().values()).isEqualTo(imputer.values());
    assertThat(data.scaler().mean()).isEqualTo(Scaler.fitted(imputer.imputed(training)).mean());
    assertThat(imputer.values())
        .isNotEqualTo(Imputer.fitted(data.table().rows(), Imputation.MEAN, names).values());
  }

  @Test
  void theNetworkNeverMeetsAMissingValueAndAServedModelDoes() {
    PreparedData data = Digits.prepared(ModelKinds.spec(ModelKinds.GAPS, 1));
    for (Rows part : List.of(data.training(), data.validation(), data.test())) {
      assertThat(missing(part)).isFalse();
    }
    assertThat(missing(data.rawValidation())).isTrue();
  }

  private static boolean missing(Rows rows) {
    for (float value : rows.features()) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aCategoryThatTrainingRowsLackIsNoColumnAndAMissingOneIsZeros() {
    Rows raw = new Rows(new float[] {0, 7, 1, 8, NONE, 9, 2, 10}, 2, new int[4]);
    Table table =
        new Table(
            List.of("color", "x"),
            List.of(),
            raw,
            "none",
            Map.of("color", List.of("red", "blue", "green")),
            List.of());
    Table expanded = OneHot.expanded(table, new int[] {0, 1, 2});
    assertThat(expanded.featureNames()).containsExactly("color=blue", "color=red", "x");
    assertThat(expanded.rows().features()).containsExactly(0, 1, 7, 1, 0, 8, 0, 0, 9, 0, 0, 10);
    assertThatThrownBy(() -> OneHot.expanded(table, new int[] {2}))
        .hasMessageStartingWith("column 'color' has no category in the 1 training rows");
  }

  @Test
  void withoutASpecOfMissingValuesNothingIsImputed() {
    DataSpec spec = Digits.spec("{}").data();
    assertThat(Preparation.fitted(rows.select(new int[] {1, 3}), NAMES, spec).imputer()).isEmpty();
  }
}
