package dev.bridle.events;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * An epoch's metrics by name, in the names' order, in a row of numbers: eight bytes each, and the
 * names shared by all epochs that measure the same. Immutable.
 */
public final class Measurements extends AbstractMap<String, Double> {
  public static final Measurements NONE = new Measurements(List.of(), new double[0]);

  /** Lists of names that are shared; past that, each epoch has its own. */
  private static final int SHARED_AT_MOST = 10_000;

  private static final Map<List<String>, List<String>> SHARED = new ConcurrentHashMap<>();

  private final List<String> names;
  private final double[] values;

  private Measurements(List<String> names, double[] values) {
    this.names = names;
    this.values = values;
  }

  /** The same metrics. */
  public static Measurements of(Map<String, Double> metrics) {
    if (metrics instanceof Measurements already) {
      return already;
    }
    SortedMap<String, Double> sorted = new TreeMap<>(metrics);
    return new Measurements(
        shared(List.copyOf(sorted.keySet())),
        sorted.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Names and, at the same places, their values; of a repeated name the last value counts.
   *
   * @param values may have more places; its first ones are copied
   */
  public static Measurements of(List<String> names, double[] values) {
    List<String> known = SHARED.get(names);
    if (known != null) {
      return new Measurements(known, Arrays.copyOf(values, names.size()));
    }
    SortedMap<String, Double> sorted = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      sorted.put(names.get(i), values[i]);
    }
    return of(sorted);
  }

  private static List<String> shared(List<String> ascending) {
    List<String> known = SHARED.get(ascending);
    if (known == null && SHARED.size() < SHARED_AT_MOST) {
      known = SHARED.putIfAbsent(ascending, ascending);
    }
    return known == null ? ascending : known;
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
  public int size() {
    return values.length;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Double> action) {
    for (int i = 0; i < values.length; i++) {
      action.accept(names.get(i), values[i]);
    }
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
