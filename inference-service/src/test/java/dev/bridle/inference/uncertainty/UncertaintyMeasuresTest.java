package dev.bridle.inference.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UncertaintyMeasuresTest {
  private static final double EXACT = 1e-6;

  @Test
  void mutualInformationLiesBetweenZeroAndLnClasses() {
    Random random = new Random(3);
    for (int trial = 0; trial < 500; trial++) {
      int classes = 2 + random.nextInt(20);
      SampleAccumulator samples = new SampleAccumulator(1, classes);
      double sharpness = Math.pow(10, random.nextInt(4) - 1);
      for (int sample = 0; sample <= random.nextInt(30); sample++) {
        samples.add(0, distribution(random, classes, sharpness), 0);
      }
      double information = value("mutual_information", samples);
      assertThat(information).isBetween(0.0, Math.log(classes) + EXACT);
      assertThat(value("predictive_entropy", samples))
          .isCloseTo(value("expected_entropy", samples) + information, within(EXACT));
    }
  }

  @Test
  void certainSubNetworksThatDisagreeAreAllEpistemic() {
    SampleAccumulator samples = new SampleAccumulator(1, 2);
    samples.add(0, new float[] {1, 0}, 0);
    samples.add(0, new float[] {0, 1}, 0);
    assertThat(value("predictive_entropy", samples)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(value("expected_entropy", samples)).isZero();
    assertThat(value("mutual_information", samples)).isCloseTo(Math.log(2), within(EXACT));
    assertThat(value("variance", samples)).isCloseTo(0.5, within(EXACT));
    assertThat(value("mean_se", samples)).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void undecidedSubNetworksThatAgreeAreAllAleatoric() {
    SampleAccumulator samples = new SampleAccumulator(1, 2);
    samples.add(0, new float[] {0.5f, 0.5f}, 0);
    samples.add(0, new float[] {0.5f, 0.5f}, 0);
    assertThat(value("mutual_information", samples)).isZero();
    assertThat(value("expected_entropy", samples)).isCloseTo(Math.log(2), within(EXACT));
  }

  @Test
  void aSingleSampleShowsNoSpread() {
    SampleAccumulator samples = new SampleAccumulator(1, 2);
    samples.add(0, new float[] {0.2f, 0.8f}, 0);
    assertThat(value("variance", samples)).isZero();
    assertThat(value("mean_se", samples)).isZero();
  }

  @Test
  void notANumberStaysNotANumber() {
    SampleAccumulator samples = new SampleAccumulator(1, 2);
    samples.add(0, new float[] {Float.NaN, 0.8f}, 0);
    samples.add(0, new float[] {0.2f, 0.8f}, 0);
    for (UncertaintyMeasure measure : UncertaintyMeasures.all()) {
      assertThat(measure.of(samples)[0]).as(measure.name()).isNaN();
    }
  }

  @Test
  void everyMeasureOfTheCatalogHasANameOfItsOwnAndItsExtent() {
    SampleAccumulator samples = new SampleAccumulator(3, 4);
    for (int row = 0; row < 3; row++) {
      samples.add(row, new float[] {0.25f, 0.25f, 0.25f, 0.25f}, 0);
    }
    assertThat(UncertaintyMeasures.all())
        .extracting(UncertaintyMeasure::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z_]+"));
    for (UncertaintyMeasure measure : UncertaintyMeasures.all()) {
      assertThat(measure.of(samples))
          .hasSize(measure.extent() == UncertaintyMeasure.Extent.PER_ROW ? 3 : 12);
    }
  }

  private static double value(String measure, SampleAccumulator samples) {
    return UncertaintyMeasures.named(measure).orElseThrow().of(samples)[0];
  }

  private static float[] distribution(Random random, int classes, double sharpness) {
    double[] weights = random.doubles(classes).map(value -> Math.exp(sharpness * value)).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    float[] values = new float[classes];
    for (int at = 0; at < classes; at++) {
      values[at] = (float) (weights[at] / sum);
    }
    return values;
  }
}
