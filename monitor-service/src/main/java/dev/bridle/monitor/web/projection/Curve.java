package dev.bridle.monitor.web.projection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One metric of a run, in as few points as a small drawing needs.
 *
 * @param revision the projection's, when it was made
 * @param epochs ascending; of epochs that didn't measure it there is none
 * @param values of these epochs; may be NaN or infinite
 */
public record Curve(long revision, List<Integer> epochs, List<Double> values) {
  private record Point(int epoch, double value) {}

  public Curve {
    epochs = List.copyOf(epochs);
    values = List.copyOf(values);
  }

  /**
   * Of each stretch of the run its lowest and its highest value, and of the whole the first and the
   * last: so no dip, no spike and no NaN, which counts as highest, is lost.
   *
   * @param most points, at least 4
   */
  public static Curve of(RunView run, String metric, int most) {
    List<Point> all =
        run.epochs().stream()
            .filter(epoch -> epoch.metrics().containsKey(metric))
            .map(epoch -> new Point(epoch.epoch(), epoch.metrics().get(metric)))
            .toList();
    List<Point> kept = all.size() <= most ? all : thinned(all, (most - 2) / 2);
    return new Curve(
        run.revision(),
        kept.stream().map(Point::epoch).toList(),
        kept.stream().map(Point::value).toList());
  }

  private static List<Point> thinned(List<Point> all, int stretches) {
    Comparator<Integer> byValue = Comparator.comparingDouble(at -> all.get(at).value());
    TreeSet<Integer> kept = new TreeSet<>(List.of(0, all.size() - 1));
    for (int i = 0; i < stretches; i++) {
      List<Integer> stretch =
          IntStream.range(i * all.size() / stretches, (i + 1) * all.size() / stretches)
              .boxed()
              .toList();
      stretch.stream().min(byValue).ifPresent(kept::add);
      stretch.stream().max(byValue).ifPresent(kept::add);
    }
    List<Point> points = new ArrayList<>();
    kept.forEach(at -> points.add(all.get(at)));
    return points;
  }
}
