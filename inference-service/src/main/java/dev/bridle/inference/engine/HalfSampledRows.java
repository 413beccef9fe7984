package dev.bridle.inference.engine;

import dev.bridle.inference.engine.HalfSampledProduct.Piece;
import dev.bridle.inference.mask.Masks;
import java.util.Arrays;
import java.util.List;

/**
 * The {@link HalfSampledProduct} of a narrow last layer, of several rows at once. Its loops are
 * over the rows where there are as many as classes, else over the classes: both add up the same
 * numbers in the same order, and no sum of a row depends on the others. Not thread-safe.
 */
final class HalfSampledRows {
  private final float[][] ofClasses;
  private final float[][] ofUnits;
  private boolean overRows;
  private float[][] scalars;
  private float[][] vectors = new float[0][0];
  private float[][] plain = new float[0][0];
  private boolean known;
  private float[][][] sums = new float[0][0][0];
  private float[] negative = new float[0];

  /**
   * @param weights W^T, [C][K], finite
   */
  HalfSampledRows(float[][] weights) {
    ofClasses = weights;
    ofUnits = new float[weights[0].length][weights.length];
    for (int c = 0; c < weights.length; c++) {
      for (int unit = 0; unit < ofUnits.length; unit++) {
        ofUnits[unit][c] = weights[c][unit];
      }
    }
  }

  /**
   * Turns to some rows.
   *
   * @param data of all, [rows, K]
   */
  void take(float[] data, List<Integer> rows) {
    overRows = rows.size() >= ofClasses.length;
    scalars = overRows ? ofClasses : rows(data, rows);
    vectors = overRows ? columns(data, rows) : ofUnits;
    int length = vectors[0].length;
    if (plain.length != scalars.length || plain[0].length != length) {
      plain = new float[scalars.length][length];
      sums = new float[scalars.length][Masks.AT_ONCE][length];
      negative = new float[length];
    }
    known = false;
  }

  private float[][] rows(float[] data, List<Integer> rows) {
    float[][] taken = new float[rows.size()][ofUnits.length];
    for (int at = 0; at < taken.length; at++) {
      System.arraycopy(data, rows.get(at) * ofUnits.length, taken[at], 0, ofUnits.length);
    }
    return taken;
  }

  private float[][] columns(float[] data, List<Integer> rows) {
    boolean fits = vectors != ofUnits && vectors.length > 0 && vectors[0].length == rows.size();
    float[][] taken = fits ? vectors : new float[ofUnits.length][rows.size()];
    for (int at = 0; at < rows.size(); at++) {
      int from = rows.get(at) * taken.length;
      for (int unit = 0; unit < taken.length; unit++) {
        taken[unit][at] = data[from + unit];
      }
    }
    return taken;
  }

  /** Computes a piece's samples. */
  void run(Piece piece) {
    for (int s = 0; s < scalars.length; s++) {
      if (!known) {
        Arrays.fill(plain[s], 0);
      }
      for (int function = 0; function < piece.samples(); function++) {
        float[] sum = sums[s][function];
        int middle = piece.start(function, true);
        addUp(piece, piece.start(function, false), middle, scalars[s], sum);
        addUp(piece, middle, piece.start(function + 1, false), scalars[s], negative);
        if (!known) {
          WeightedRows.add(sum, 1, plain[s]);
          WeightedRows.add(negative, 1, plain[s]);
        }
        WeightedRows.add(negative, -1, sum);
      }
      WeightedRows.add(plain[s], 1, sums[s][0]);
      WalshHadamard.transform(sums[s], piece.samples());
    }
    known = true;
  }

  private void addUp(Piece piece, int start, int end, float[] times, float[] to) {
    Arrays.fill(to, 0);
    int[] units = piece.units();
    int at = start;
    for (; at + 3 < end; at += 4) {
      int a = units[at];
      int b = units[at + 1];
      int c = units[at + 2];
      int d = units[at + 3];
      WeightedRows.add(
          vectors[a],
          times[a],
          vectors[b],
          times[b],
          vectors[c],
          times[c],
          vectors[d],
          times[d],
          to);
    }
    for (; at < end; at++) {
      WeightedRows.add(vectors[units[at]], times[units[at]], to);
    }
  }

  /** Reads the piece's samples of the row at that place into those of the run, [C][T]. */
  void logits(int at, Piece piece, float[][] to) {
    for (int c = 0; c < to.length; c++) {
      read(overRows ? sums[c] : sums[at], overRows ? at : c, piece, to[c]);
    }
  }

  /** Whether the row at that place is finite, and its sums are: else its samples are wrong. */
  boolean isFinite(int at) {
    float zero = 0;
    for (int c = 0; c < ofClasses.length; c++) {
      zero += (overRows ? plain[c][at] : plain[at][c]) * 0;
    }
    return zero == 0;
  }

  private static void read(float[][] rows, int column, Piece piece, float[] to) {
    for (int sample = 0; sample < piece.samples(); sample++) {
      to[piece.first() + sample] = rows[sample][column];
    }
  }
}
