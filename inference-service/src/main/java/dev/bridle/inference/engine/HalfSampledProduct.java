package dev.bridle.inference.engine;

import dev.bridle.inference.mask.HalfSamples;
import dev.bridle.inference.mask.Masks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first product of a row under {@link HalfSamples}, all samples of a piece at once. With unit
 * u's mask {@code 1 + e_u W_c(u)(s)} in sample s, e_u a sign and c(u) its Walsh function,
 *
 * <pre>z_s = h W + b + sum_c W_c(s) S_c     S_c = sum_{u: c(u) = c} e_u h_u w_u</pre>
 *
 * so that one pass over W gives the sums of all functions, and a fast Walsh-Hadamard transform over
 * them the samples: log2 of their number additions for each of z's, where a product has as many as
 * there are units. Equal to the product up to rounding, for finite h. Not thread-safe.
 */
final class HalfSampledProduct {
  private final WeightedRows weights;
  private final float[] bias;
  private final float[] plain;
  private final float[][] sums;
  private final int[] named;
  private final float[] factors;
  private float[] data;
  private int offset;

  /**
   * @param weights W, of finite numbers
   * @param bias b
   */
  HalfSampledProduct(WeightedRows weights, float[] bias) {
    this.weights = weights;
    this.bias = bias;
    this.plain = new float[bias.length];
    this.sums = new float[Masks.AT_ONCE][bias.length];
    this.named = new int[weights.count()];
    this.factors = new float[weights.count()];
  }

  /**
   * Some of a run's samples.
   *
   * @param first its first one's row in the run
   * @param units by their functions, and of a function those with the sign 1 first
   * @param starts of the units of each function and sign, and behind the last the end
   * @param signs of the units, in their order
   */
  record Piece(int first, int samples, int[] units, int[] starts, float[] signs) {
    /**
     * Those of a run of so many samples; none where it doesn't begin and end with one.
     *
     * @param all samples of the plan
     */
    static List<Piece> of(LayerDraws draws, int all, int first, int count) {
      List<Piece> pieces = new ArrayList<>();
      for (int at = 0; at < count; ) {
        int size = HalfSamples.piece(all - first - at);
        if (first % Masks.AT_ONCE != 0 || at + size > count) {
          return List.of();
        }
        pieces.add(of(at, size, draws.bits().functions(first + at, size)));
        at += size;
      }
      return pieces;
    }

    /**
     * @param functions of each unit: c, or where its sign is -1 the complement ~c
     */
    static Piece of(int first, int samples, int[] functions) {
      int[] starts = new int[2 * samples + 2];
      for (int function : functions) {
        starts[group(function) + 2]++;
      }
      for (int at = 2; at < starts.length; at++) {
        starts[at] += starts[at - 1];
      }
      int[] units = new int[functions.length];
      float[] signs = new float[functions.length];
      for (int unit = 0; unit < functions.length; unit++) {
        int place = starts[group(functions[unit]) + 1]++;
        units[place] = unit;
        signs[place] = functions[unit] < 0 ? -1 : 1;
      }
      return new Piece(first, samples, units, starts, signs);
    }

    private static int group(int function) {
      return function < 0 ? 2 * ~function + 1 : 2 * function;
    }

    /** Where the units of a function and sign begin; they end where the next group's begin. */
    int start(int function, boolean negative) {
      return starts[2 * function + (negative ? 1 : 0)];
    }
  }

  /** Turns to the row of h that starts at the offset; false where it isn't finite. */
  boolean take(float[] data, int offset) {
    this.data = data;
    this.offset = offset;
    int count = 0;
    float zero = 0;
    for (int unit = 0; unit < named.length; unit++) {
      float value = data[offset + unit];
      zero += value * 0;
      named[count] = unit;
      factors[count] = value;
      count += value == 0 ? 0 : 1;
    }
    System.arraycopy(bias, 0, plain, 0, bias.length);
    weights.add(named, factors, count, plain);
    return zero == 0;
  }

  /** The rows of the piece's samples, at the beginning of an array that the next piece reuses. */
  float[][] rows(Piece piece) {
    for (int function = 0; function < piece.samples(); function++) {
      int count = choose(piece, piece.start(function, false), piece.start(function + 1, false));
      Arrays.fill(sums[function], 0);
      weights.add(named, factors, count, sums[function]);
    }
    WeightedRows.add(plain, 1, sums[0]);
    WalshHadamard.transform(sums, piece.samples());
    return sums;
  }

  /** Of the piece's units from one place to before another those that aren't 0, signed. */
  private int choose(Piece piece, int start, int end) {
    int count = 0;
    for (int at = start; at < end; at++) {
      int unit = piece.units()[at];
      float value = data[offset + unit];
      named[count] = unit;
      factors[count] = value * piece.signs()[at];
      count += value == 0 ? 0 : 1;
    }
    return count;
  }
}
