package dev.bridle.trainer.data;

import java.util.List;

/**
 * A data set for classification as its file holds it.
 *
 * @param featureNames in the file's order, without the target
 * @param classes every label, numbers by size, else by name; a class's index is its position
 * @param rows raw features and class indices, in the file's order
 * @param sha256 of the file
 */
public record Table(List<String> featureNames, List<String> classes, Rows rows, String sha256) {
  public Table {
    featureNames = List.copyOf(featureNames);
    classes = List.copyOf(classes);
  }

  public int features() {
    return featureNames.size();
  }

  /** The chosen rows, in the order of the indices. */
  public Rows select(int[] indices) {
    float[] features = new float[indices.length * features()];
    int[] labels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(
          rows.features(), indices[i] * features(), features, i * features(), features());
      labels[i] = rows.labels()[indices[i]];
    }
    return new Rows(features, features(), labels);
  }
}
