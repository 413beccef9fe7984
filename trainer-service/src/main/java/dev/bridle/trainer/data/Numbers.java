package dev.bridle.trainer.data;

/** Numbers in cells. */
final class Numbers {
  private Numbers() {}

  /**
   * @throws DataException naming the place, if the cell holds no number or one that is infinite or
   *     NaN
   */
  static float finite(String source, String place, String column, String cell) {
    float value;
    try {
      value = Float.parseFloat(cell);
    } catch (NumberFormatException e) {
      throw DataException.at(source, place, column, "should be a number: was '" + cell + "'");
    }
    if (!Float.isFinite(value)) {
      throw DataException.at(source, place, column, "should be finite: was '" + cell + "'");
    }
    return value;
  }
}
