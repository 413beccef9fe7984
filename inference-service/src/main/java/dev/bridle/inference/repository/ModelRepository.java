package dev.bridle.inference.repository;

import dev.bridle.inference.graph.ModelRefusedException;
import jakarta.enterprise.context.ApplicationScoped;

/** What an operator asks of the repository: the folder, and the bucket where there is one. */
@ApplicationScoped
public class ModelRepository {
  private final ModelInstaller installer;
  private final BucketWatch bucket;

  ModelRepository(ModelInstaller installer, BucketWatch bucket) {
    this.installer = installer;
    this.bucket = bucket;
  }

  /**
   * Loads every version of the model that folder and bucket hold, anew where it is served already.
   *
   * @throws ModelRefusedException if there is none, or none of them can be served
   */
  public void load(String model) {
    bucket.pull(model);
    try {
      installer.load(model);
    } catch (ModelRefusedException e) {
      throw bucket.failure().isEmpty()
          ? e
          : new ModelRefusedException(e.getMessage() + "; " + bucket.failure(), e);
    }
  }

  /**
   * Serves the model no longer; its files stay, and a later announcement, or another content in the
   * bucket, serves it again.
   *
   * @throws ModelRefusedException if nothing knows it
   */
  public void unload(String model) {
    installer.unload(model);
  }
}
