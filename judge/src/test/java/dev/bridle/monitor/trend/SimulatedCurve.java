package dev.bridle.monitor.trend;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A validation loss of which the truth behind the noise is known.
 *
 * @param truth by epoch - 1
 * @param observed the truth and its noise
 */
public record SimulatedCurve(Family family, double[] truth, double[] observed) {
  public static final int EPOCHS = 200;

  /** Noise levels, as shares of what there is to learn. */
  private static final double[] NOISES = {0.001, 0.005, 0.02, 0.08};

  /** Shapes of validation curves, with their noise. */
  public enum Family {
    POWER_LAW(true),
    EXPONENTIAL(true),
    OVERFITTING(true),
    PLATEAU(true),
    /** The learning rate drops twice, unannounced. */
    STEPS(true),
    /** A power law whose noise is proportional to its value. */
    PROPORTIONAL_NOISE(true),
    /** A plateau before anything is learned. */
    SIGMOID(false),
    /** A power law whose noise is Student's t with 3 degrees of freedom. */
    HEAVY_TAILS(true),
    /** A stretched exponential whose noise is autoregressive, 0.5 from epoch to epoch. */
    DEPENDENT_NOISE(false);

    /** Whether the recalibration is fitted on it; otherwise it is only verified on it. */
    public final boolean fitted;

    Family(boolean fitted) {
      this.fitted = fitted;
    }
  }

  /** So many curves of each noise level. */
  public static List<SimulatedCurve> of(Family family, int each, long seed) {
    List<SimulatedCurve> curves = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (double noise : NOISES) {
        curves.add(
            drawn(
                family,
                noise,
                new Random(seed + 1000L * i + family.ordinal() + (long) (1e6 * noise))));
      }
    }
    return curves;
  }

  public List<EpochCompleted> epochs() {
    return Curves.curve(EPOCHS, e -> truth[e - 1], e -> observed[e - 1]);
  }

  /** The least true value of the epochs from one to another, both included. */
  public double best(int fromEpoch, int toEpoch) {
    double best = Double.POSITIVE_INFINITY;
    for (int e = fromEpoch; e <= toEpoch; e++) {
      best = Math.min(best, truth[e - 1]);
    }
    return best;
  }

  /**
   * What is lost by a stop after an epoch: how much worse than the best of all epochs is the one
   * with the best observed value up to the stop, as a share of what there was to learn.
   */
  public double regret(int stop) {
    int restored = 1;
    for (int e = 2; e <= stop; e++) {
      restored = observed[e - 1] < observed[restored - 1] ? e : restored;
    }
    double best = best(1, EPOCHS);
    return (truth[restored - 1] - best) / (truth[0] - best);
  }

  private static SimulatedCurve drawn(Family family, double noise, Random random) {
    double floor = 0.2 + 0.5 * random.nextDouble();
    double height = 1 + random.nextDouble();
    double[] truth = truth(family, floor, height, random);
    double[] observed = new double[EPOCHS];
    double earlier = 0;
    for (int i = 0; i < EPOCHS; i++) {
      double draw = random.nextGaussian();
      double error =
          switch (family) {
            case PROPORTIONAL_NOISE -> draw * truth[i];
            case HEAVY_TAILS -> draw / Math.sqrt(chiSquare(random, 3)) / Math.sqrt(3);
            case DEPENDENT_NOISE -> 0.5 * earlier + Math.sqrt(0.75) * draw;
            default -> draw;
          };
      earlier = error;
      observed[i] = truth[i] + noise * height * error;
    }
    return new SimulatedCurve(family, truth, observed);
  }

  private static double[] truth(Family family, double floor, double height, Random random) {
    double rate = 3 * Math.pow(20, random.nextDouble());
    double power = 0.3 + 0.9 * random.nextDouble();
    double quick = 1 + 3 * random.nextDouble();
    double stretch = 0.4 + 0.4 * random.nextDouble();
    double middle = 5 + 40 * random.nextDouble();
    double width = 2 + 8 * random.nextDouble();
    int turn = 15 + random.nextInt(80);
    double rise = 0.002 * Math.exp(2.5 * random.nextDouble());
    int firstStep = 20 + random.nextInt(80);
    int secondStep = firstStep + 20 + random.nextInt(60);
    double[] truth = new double[EPOCHS];
    for (int i = 0; i < EPOCHS; i++) {
      int e = i + 1;
      double left =
          switch (family) {
            case POWER_LAW, PROPORTIONAL_NOISE, HEAVY_TAILS -> Math.pow(e, -power);
            case EXPONENTIAL -> Math.exp(-e / rate);
            case OVERFITTING ->
                Math.exp(-3 * e / rate) + rise * behind(e, turn) * (1 - settled(e, turn, 20));
            case PLATEAU -> Math.exp(-e / quick);
            case STEPS ->
                Math.exp(-3 * e / rate)
                    + 0.2 * settled(e, firstStep, 3)
                    + 0.1 * settled(e, secondStep, 3);
            case SIGMOID -> 1 / (1 + Math.exp((e - middle) / width));
            case DEPENDENT_NOISE -> Math.exp(-Math.pow(e / rate, stretch));
          };
      truth[i] = floor + height * left;
    }
    return truth;
  }

  private static int behind(int epoch, int start) {
    return Math.max(0, epoch - start);
  }

  /** 1 up to the start, and falls to 0 from there. */
  private static double settled(int epoch, int start, double rate) {
    return Math.exp(-behind(epoch, start) / rate);
  }

  /** Divided by its degrees. */
  private static double chiSquare(Random random, int degrees) {
    double sum = 0;
    for (int i = 0; i < degrees; i++) {
      double draw = random.nextGaussian();
      sum += draw * draw;
    }
    return sum / degrees;
  }
}
