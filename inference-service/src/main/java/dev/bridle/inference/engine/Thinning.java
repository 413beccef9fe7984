package dev.bridle.inference.engine;

/**
 * What a Dropout leaves of one row of its data h, sample by sample: {@code m h}, of all units or of
 * those alone where h isn't 0. As the product it is, it makes NaN of a dropped infinity. Not
 * thread-safe.
 */
final class Thinning {
  private final boolean active;
  private final int[] units;
  private final int[] whole;
  private final int[] kept;
  private final int[] dropped;
  private final int[] thin;
  private final MaskBits gathered;
  private MaskBits bits;
  private int count;
  private boolean finite;

  /**
   * @param units of a row
   * @param active whether those that are 0 are left out
   */
  Thinning(int units, boolean active) {
    this.active = active;
    this.units = new int[units];
    this.whole = new int[units];
    this.kept = new int[units];
    this.dropped = new int[units];
    this.thin = new int[units];
    this.gathered = new MaskBits(active ? units : 0);
  }

  /** Turns to the row that starts at the offset. */
  void take(float[] data, int offset, LayerDraws draws) {
    choose(data, offset);
    finite = true;
    for (int at = 0; at < count; at++) {
      float value = data[offset + units[at]];
      finite &= Float.isFinite(value);
      whole[at] = Float.floatToRawIntBits(value);
      kept[at] = Float.floatToRawIntBits(value * draws.scale());
      dropped[at] = Float.floatToRawIntBits(value * 0);
    }
    if (active) {
      gathered.put(draws.bits(), units, count);
    }
    bits = active ? gathered : draws.bits();
  }

  /** The units to use: one at least, for nobody multiplies by nothing. */
  private void choose(float[] data, int offset) {
    count = 0;
    for (int unit = 0; unit < units.length; unit++) {
      units[count] = unit;
      count += active && data[offset + unit] == 0 ? 0 : 1;
    }
    count = Math.max(1, count);
  }

  /** How many units are used. */
  int count() {
    return count;
  }

  boolean isFinite() {
    return finite;
  }

  /** Writes the numbers of the units that are used. */
  void writeUnits(RowBlock block) {
    block.putBits(0, units, count);
  }

  /** Writes h itself. */
  void writeWhole(RowBlock block, int slot) {
    block.putBits(slot, whole, count);
  }

  void write(RowBlock block, int slot, int sample) {
    bits.choose(sample, kept, dropped, thin, count);
    block.putBits(slot, thin, count);
  }
}
