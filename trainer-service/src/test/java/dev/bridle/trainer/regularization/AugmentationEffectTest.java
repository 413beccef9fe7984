package dev.bridle.trainer.regularization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.head.Evaluation;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.spec.RunSpec;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What changes the rows of a batch makes errors on rows that were changed so fewer, as against the
 * same training without it. The test rows are changed here, by code of its own.
 */
class AugmentationEffectTest {
  private static final int EPOCHS = 60;
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;

  /** A pixel of an image that is changed, from the place that it is taken from. */
  private interface Place {
    double[] of(int x, int y);
  }

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void shiftsHelpOnShiftedDigits() {
    assertGain("\"shift\", \"pixels\": 1", 0.1, moved((x, y) -> new double[] {x - 1, y}));
  }

  @Test
  void flipsHarmDigits() {
    Rows upright = test();
    assertThat(error("{\"technique\": \"flip\", \"probability\": 0.5}", upright))
        .as("the negative control")
        .isGreaterThan(error("", upright));
  }

  @Test
  void rotationHelpsOnTurnedDigits() {
    double sine = Math.sin(Math.toRadians(25));
    double cosine = Math.cos(Math.toRadians(25));
    double center = (SIDE - 1) / 2.0;
    Place turned =
        (x, y) ->
            new double[] {
              center + cosine * (x - center) - sine * (y - center),
              center + sine * (x - center) + cosine * (y - center)
            };
    assertGain("\"rotation\", \"degrees\": 30", 0.05, moved(turned));
  }

  @Test
  void cropsHelpOnMagnifiedDigits() {
    // The part that begins at (1, 2), three quarters of each side.
    Place magnified = (x, y) -> new double[] {1 + 0.75 * x, 2 + 0.75 * y};
    assertGain("\"randomCrop\", \"share\": 0.6", 0.05, moved(magnified));
  }

  @Test
  void cutoutHelpsOnDigitsWithAHole() {
    SplittableRandom random = new SplittableRandom(1);
    Rows rows = test();
    float[] holes = rows.features().clone();
    for (int row = 0; row < rows.count(); row++) {
      int left = random.nextInt(SIDE - 2);
      int top = random.nextInt(SIDE - 2);
      for (int i = 0; i < 9; i++) {
        holes[row * PIXELS + (top + i / 3) * SIDE + left + i % 3] = 0;
      }
    }
    assertGain("\"cutout\", \"pixels\": 4", 0.02, new Rows(holes, PIXELS, rows.targets()));
  }

  @Test
  void inputDropoutHelpsOnDigitsThatLackPixels() {
    SplittableRandom random = new SplittableRandom(1);
    Rows rows = test();
    float[] lacking = rows.features().clone();
    for (int i = 0; i < lacking.length; i++) {
      lacking[i] = random.nextDouble() < 0.3 ? 0 : lacking[i];
    }
    assertGain("\"inputDropout\", \"rate\": 0.3", 0.02, new Rows(lacking, PIXELS, rows.targets()));
  }

  /** Rows are half of one digit and half of another: both classes should have half. */
  @Test
  void mixupAnswersMixedDigitsWithBothClasses() {
    Rows rows = test();
    float[] mixed = new float[rows.features().length];
    int[] labels = rows.labels();
    int[] others = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      int other = (row + 1) % labels.length;
      others[row] = labels[other];
      for (int i = 0; i < PIXELS; i++) {
        mixed[row * PIXELS + i] =
            (rows.features()[row * PIXELS + i] + rows.features()[other * PIXELS + i]) / 2;
      }
    }
    Function<EngineNetwork, Double> surprise =
        engine -> {
          float[] outputs = engine.outputs(new Rows(mixed, PIXELS, rows.targets()));
          return (Evaluation.of(outputs, labels).nll() + Evaluation.of(outputs, others).nll()) / 2;
        };

    double plain = Training.of(spec(""), surprise).answer();
    double mixup = Training.of(spec("{\"technique\": \"mixup\", \"alpha\": 1}"), surprise).answer();
    assertThat(mixup).isLessThan(0.8 * plain);
  }

  private static void assertGain(String technique, double least, Rows changed) {
    assertThat(error("{\"technique\": %s}".formatted(technique), changed))
        .isLessThan(error("", changed) - least);
  }

  private static double error(String technique, Rows rows) {
    Function<EngineNetwork, Double> error =
        engine -> 1 - Evaluation.of(engine.outputs(rows), rows.labels()).accuracy();
    return Training.of(spec(technique), error).answer();
  }

  private static RunSpec spec(String technique) {
    return Training.spec(EPOCHS, "relu", "[%s]".formatted(technique));
  }

  private static Rows test() {
    return Digits.prepared(spec("")).test();
  }

  /** The standardized test rows, each pixel the bilinear value of its place, 0 outside. */
  private static Rows moved(Place place) {
    Rows rows = test();
    float[] moved = new float[rows.features().length];
    for (int i = 0; i < moved.length; i++) {
      double[] from = place.of(i % SIDE, i % PIXELS / SIDE);
      moved[i] = bilinear(rows.features(), i / PIXELS * PIXELS, from[0], from[1]);
    }
    return new Rows(moved, PIXELS, rows.targets());
  }

  private static float bilinear(float[] values, int image, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double sum = 0;
    for (int corner = 0; corner < 4; corner++) {
      int column = left + corner % 2;
      int row = top + corner / 2;
      if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) {
        double weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
        sum += weight * values[image + row * SIDE + column];
      }
    }
    return (float) sum;
  }
}
