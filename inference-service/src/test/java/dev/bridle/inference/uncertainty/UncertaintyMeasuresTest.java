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
      SampleAccumulator samples =
          SampleAccumulator.ofDependent(1, classes, OutputKind.DISTRIBUTION);
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
    SampleAccumulator samples = SampleAccumulator.ofDependent(1, 2, OutputKind.DISTRIBUTION);
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
    SampleAccumulator samples = SampleAccumulator.ofDependent(1, 2, OutputKind.DISTRIBUTION);
    samples.add(0, new float[] {0.5f, 0.5f}, 0);
    samples.add(0, new float[] {0.5f, 0.5f}, 0);
    assertThat(value("mutual_information", samples)).isZero();
    assertThat(value("expected_entropy", samples)).isCloseTo(Math.log(2), within(EXACT));
  }

  @Test
  void votesAndMarginTellHowTheSubNetworksDecide() {
    SampleAccumulator samples = SampleAccumulator.ofDependent(1, 3, OutputKind.DISTRIBUTION);
    samples.add(0, new float[] {0.6f, 0.3f, 0.1f}, 0);
    samples.add(0, new float[] {0.5f, 0.4f, 0.1f}, 0);
    samples.add(0, new float[] {0.1f, 0.8f, 0.1f}, 0);
    samples.add(0, new float[] {0.8f, 0.1f, 0.1f}, 0);
    assertThat(value("variation_ratio", samples)).isCloseTo(0.25, within(EXACT));
    assertThat(value("margin", samples)).isCloseTo(0.5 - 0.4, within(EXACT));
  }

  @Test
  void fewIndependentSamplesTellAsMuchMutualInformationAsMany() {
    int trials = 4_000;
    Random random = new Random(8);
    double plain = 0;
    double corrected = 0;
    for (int trial = 0; trial < trials; trial++) {
      SampleAccumulator dependent = SampleAccumulator.ofDependent(1, 2, OutputKind.DISTRIBUTION);
      SampleAccumulator independent =
          SampleAccumulator.ofIndependent(1, 2, OutputKind.DISTRIBUTION);
      for (int sample = 0; sample < 20; sample++) {
        float p = random.nextFloat();
        dependent.add(0, new float[] {p, 1 - p}, 0);
        independent.add(0, new float[] {p, 1 - p}, 0);
      }
      plain += value("mutual_information", dependent) / trials;
      corrected += value("mutual_information", independent) / trials;
    }
    double exact = Math.log(2) - 0.5;
    assertThat(plain - exact).isLessThan(-0.006);
    assertThat(corrected - exact).isBetween(-0.002, 0.002);
  }

  @Test
  void aSingleSampleShowsNoSpread() {
    SampleAccumulator samples = SampleAccumulator.ofDependent(1, 2, OutputKind.DISTRIBUTION);
    samples.add(0, new float[] {0.2f, 0.8f}, 0);
    assertThat(value("variance", samples)).isZero();
    assertThat(value("mean_se", samples)).isZero();
  }

  @Test
  void notANumberStaysNotANumber() {
    SampleAccumulator samples = SampleAccumulator.ofDependent(1, 2, OutputKind.DISTRIBUTION);
    samples.add(0, new float[] {Float.NaN, 0.8f}, 0);
    samples.add(0, new float[] {0.2f, 0.8f}, 0);
    for (UncertaintyMeasure measure : UncertaintyMeasures.all()) {
      assertThat(measure.of(samples)[0]).as(measure.name()).isNaN();
    }
  }

  @Test
  void aLabelsDoubtSplitsIntoWhatSubNetworksShareAndWhatTheyDisagreeOn() {
    SampleAccumulator samples = SampleAccumulator.ofDependent(1, 2, OutputKind.LABELS);
    samples.add(0, new float[] {1, 0.5f}, 0);
    samples.add(0, new float[] {0, 0.5f}, 0);
    assertThat(values("label_predictive_entropy", samples))
        .containsExactly(new double[] {Math.log(2), Math.log(2)}, within(EXACT));
    assertThat(values("label_expected_entropy", samples))
        .containsExactly(new double[] {0, Math.log(2)}, within(EXACT));
    assertThat(values("label_mutual_information", samples))
        .containsExactly(new double[] {Math.log(2), 0}, within(EXACT));
  }

  @Test
  void fewIndependentSamplesTellAsMuchOfALabelAsMany() {
    int trials = 4_000;
    Random random = new Random(8);
    SampleAccumulator many = SampleAccumulator.ofIndependent(1, 1, OutputKind.LABELS);
    double few = 0;
    for (int trial = 0; trial < trials; trial++) {
      SampleAccumulator samples = SampleAccumulator.ofIndependent(1, 1, OutputKind.LABELS);
      for (int sample = 0; sample < 10; sample++) {
        float[] label = {0.2f + 0.6f * random.nextFloat()};
        samples.add(0, label, 0);
        many.add(0, label, 0);
      }
      few += value("label_mutual_information", samples) / trials;
    }
    double truth = value("label_mutual_information", many);
    assertThat(few).isCloseTo(truth, within(0.05 * truth));
  }

  @Test
  void everyMeasureOfTheCatalogHasANameOfItsOwnAndItsExtent() {
    SampleAccumulator samples = SampleAccumulator.ofDependent(3, 4, OutputKind.DISTRIBUTION);
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

  private static double[] values(String measure, SampleAccumulator samples) {
    return UncertaintyMeasures.named(measure).orElseThrow().of(samples);
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
