package dev.bridle.monitor.web.projection;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Metrics by name in a row of numbers: eight bytes each, and the names shared by all runs that
 * measure the same.
 */
final class Measurements extends AbstractMap<String, Double> {
  static final Measurements NONE = new Measurements(List.of(), new double[0]);

  private final List<String> names;
  private final double[] values;

  private Measurements(List<String> names, double[] values) {
    this.names = names;
    this.values = values;
  }

  static Measurements of(Map<String, Double> metrics, Pool<List<String>> namesOfAll) {
    return new Measurements(
        namesOfAll.shared(metrics.keySet().stream().sorted().toList()),
        metrics.keySet().stream().sorted().mapToDouble(metrics::get).toArray());
  }

  @Override
  public Double get(Object name) {
    int at = at(name);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(Object name) {
    return at(name) >= 0;
  }

  @Override
  public Set<Entry<String, Double>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Double>> iterator() {
        return IntStream.range(0, values.length)
            .<Entry<String, Double>>mapToObj(at -> Map.entry(names.get(at), values[at]))
            .iterator();
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }

  private int at(Object name) {
    return name instanceof String text ? Collections.binarySearch(names, text) : -1;
  }
}
