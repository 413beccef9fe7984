package dev.bridle.trainer.spec;

/**
 * @param model the name that the model is served under: the run's name
 */
public record ExportSpec(String model) {
  public ExportSpec {
    Require.name("export.model", model);
  }
}
