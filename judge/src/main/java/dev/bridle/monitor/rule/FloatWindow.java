package dev.bridle.monitor.rule;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The newest values of a metric to float precision, the newest last: four bytes each in a row,
 * since one is made with every epoch. Immutable; equal to any list of the same values.
 */
final class FloatWindow extends AbstractList<Float> implements RandomAccess {
  static final FloatWindow EMPTY = new FloatWindow(new float[0]);

  private final float[] values;

  private FloatWindow(float[] values) {
    this.values = values;
  }

  static FloatWindow of(List<Float> values) {
    if (values instanceof FloatWindow already) {
      return already;
    }
    float[] copy = new float[values.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values.get(i);
    }
    return new FloatWindow(copy);
  }

  /** With one more, and without the oldest where there are too many. */
  FloatWindow with(float value, int size) {
    int first = Math.max(0, values.length + 1 - size);
    float[] next = Arrays.copyOfRange(values, first, values.length + 1);
    next[next.length - 1] = value;
    return new FloatWindow(next);
  }

  double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Of the whole population: divided by n. */
  double standardDeviation(double mean) {
    double squares = 0;
    for (float value : values) {
      double distance = value - mean;
      squares += distance * distance;
    }
    return Math.sqrt(squares / values.length);
  }

  @Override
  public Float get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}
