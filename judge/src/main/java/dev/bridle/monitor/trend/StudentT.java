package dev.bridle.monitor.trend;

/** Student's t distribution with a whole number of degrees of freedom. */
final class StudentT {
  private StudentT() {}

  /**
   * P(T &lt;= t), by the finite series of Abramowitz and Stegun 26.7.3 and 26.7.4, in O(degrees).
   *
   * @param t may be infinite; NaN gives NaN
   */
  static double cumulative(double t, int degrees) {
    double angle = Math.atan2(t, Math.sqrt(degrees));
    double cosine = Math.cos(angle);
    double term = degrees % 2 == 1 ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int i = degrees % 2 + 2; i < degrees; i += 2) {
      term *= cosine * cosine * (i - 1) / i;
      sum += term;
    }
    double inside =
        degrees % 2 == 1 ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
    return Double.isNaN(t) ? t : Math.min(1, Math.max(0, (1 + inside) / 2));
  }
}
