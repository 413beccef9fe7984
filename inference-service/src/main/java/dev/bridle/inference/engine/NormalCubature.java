package dev.bridle.inference.engine;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;

/**
 * Points in whose mean the expectation of a function of a standard normal vector is found: random
 * orthogonal bases and their mirror images, at radii whose squares have the mean C and the variance
 * 2 C of the normal vector's own. The mean of every polynomial of degree 3 is exact, for it needs
 * the second moments and the mirror alone; higher ones err, less with each basis and with each
 * dimension (spherical-radial rules; Genz and Monahan, SIAM Journal on Scientific Computing 19(2),
 * 1998). The bases are drawn once, from a seed of their own, so the answer is the same always.
 */
final class NormalCubature {
  private static final long SEED = 19_980_301;

  /** Bases of C dimensions are so many by the square of C, for few dimensions have few points. */
  private static final int BASES = 200;

  private static final int LEAST_BASES = 2;
  private static final int NORMS_A_BASIS = 1_000;

  private NormalCubature() {}

  /**
   * One of each point and its mirror image.
   *
   * @return [C][half of the points]
   */
  static double[][] points(int dimensions) {
    Random random = new Random(SEED);
    int bases = Math.max(LEAST_BASES, BASES / (dimensions * dimensions));
    double[] radii = radii(dimensions, bases, random);
    double[][] points = new double[dimensions][bases * dimensions];
    for (int at = 0; at < bases; at++) {
      double[][] basis = basis(dimensions, random);
      for (int vector = 0; vector < dimensions; vector++) {
        for (int i = 0; i < dimensions; i++) {
          points[i][at * dimensions + vector] = radii[at] * basis[vector][i];
        }
      }
    }
    return points;
  }

  /** Each stands for its share of the squared norms of normal vectors, from small to large. */
  private static double[] radii(int dimensions, int bases, Random random) {
    double[] norms = new double[bases * NORMS_A_BASIS];
    for (int at = 0; at < norms.length; at++) {
      for (double number : gaussians(dimensions, random)) {
        norms[at] += number * number;
      }
    }
    Arrays.sort(norms);
    double[] squares = new double[bases];
    for (int at = 0; at < norms.length; at++) {
      squares[at / NORMS_A_BASIS] += norms[at] / NORMS_A_BASIS;
    }
    double mean = Arrays.stream(squares).average().orElseThrow();
    double variance =
        Arrays.stream(squares).map(square -> (square - mean) * (square - mean)).sum() / bases;
    double stretch = Math.sqrt(2 * dimensions / variance);
    return Arrays.stream(squares)
        .map(square -> Math.sqrt(Math.max(0, dimensions + (square - mean) * stretch)))
        .toArray();
  }

  private static double[][] basis(int dimensions, Random random) {
    double[][] numbers = new double[dimensions][];
    Arrays.setAll(numbers, at -> gaussians(dimensions, random));
    return new QRDecomposition(MatrixUtils.createRealMatrix(numbers)).getQ().getData();
  }

  private static double[] gaussians(int count, Random random) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, at -> random.nextGaussian());
    return numbers;
  }
}
