package dev.bridle.inference.repository;

/** The name and the version that a model is served under. */
public record ModelVersion(String model, long version) {
  @Override
  public String toString() {
    return model + "/" + version;
  }
}
