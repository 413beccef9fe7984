package dev.bridle.monitor.rule;

import dev.bridle.monitor.trend.Trend;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What an expectedImprovement remembers; where more is better, values stand with their sign turned.
 *
 * @param bestEpoch 0 as long as there is no best
 * @param best the first of the best values themselves, noise included
 * @param newestEpoch of the window
 * @param firsts the first values of the run, {@value #FIRSTS} at most
 * @param losses the window, oldest first, to nine digits
 * @param gaps from each of them to the next, in epochs
 * @param older the best level that was estimated in the window's middle; NaN before the first
 * @param olderDeviation the standard deviation of that
 * @param probability that waiting pays, averaged over the newest epochs; NaN before the first
 */
public record ExpectedImprovementState(
    int bestEpoch,
    double best,
    int newestEpoch,
    List<Double> firsts,
    List<Double> losses,
    List<Integer> gaps,
    double older,
    double olderDeviation,
    double probability) {
  /** More than any noise leaves meaning to; a store takes half the room for them. */
  private static final MathContext DIGITS = new MathContext(9);

  private static final int FIRSTS = 5;

  static final ExpectedImprovementState INITIAL =
      new ExpectedImprovementState(
          0, 0, 0, List.of(), List.of(), List.of(), Double.NaN, 0, Double.NaN);

  public ExpectedImprovementState {
    firsts = List.copyOf(firsts);
    losses = List.copyOf(losses);
    gaps = List.copyOf(gaps);
  }

  ExpectedImprovementState with(int epoch, double loss, int window) {
    List<Double> nextLosses = new ArrayList<>(losses);
    List<Integer> nextGaps = new ArrayList<>(gaps);
    nextLosses.add(new BigDecimal(loss).round(DIGITS).doubleValue());
    if (nextLosses.size() > 1) {
      nextGaps.add(epoch - newestEpoch);
    }
    if (nextLosses.size() > window) {
      nextLosses.remove(0);
      nextGaps.remove(0);
    }
    List<Double> nextFirsts = new ArrayList<>(firsts);
    if (firsts.size() < FIRSTS) {
      nextFirsts.add(loss);
    }
    boolean isBest = bestEpoch == 0 || loss < best;
    return new ExpectedImprovementState(
        isBest ? epoch : bestEpoch,
        isBest ? loss : best,
        epoch,
        nextFirsts,
        nextLosses,
        nextGaps,
        older,
        olderDeviation,
        probability);
  }

  ExpectedImprovementState withProbability(double newest) {
    double averaged = Double.isNaN(probability) ? newest : (newest + probability) / 2;
    return new ExpectedImprovementState(
        bestEpoch, best, newestEpoch, firsts, losses, gaps, older, olderDeviation, averaged);
  }

  ExpectedImprovementState withOlder(double level, double deviation) {
    return level >= older
        ? this
        : new ExpectedImprovementState(
            bestEpoch, best, newestEpoch, firsts, losses, gaps, level, deviation, probability);
  }

  /** How much better the best is than the median of the first values, in which a run settles. */
  double progress() {
    return firsts.stream().sorted().toList().get(firsts.size() / 2) - best;
  }

  Trend trend(int horizon) {
    int[] epochs = new int[losses.size()];
    epochs[epochs.length - 1] = newestEpoch;
    for (int i = epochs.length - 2; i >= 0; i--) {
      epochs[i] = epochs[i + 1] - gaps.get(i);
    }
    return new Trend(epochs, losses.stream().mapToDouble(Double::doubleValue).toArray(), horizon);
  }
}
