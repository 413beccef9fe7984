package dev.bridle.trainer.spec;

/**
 * @param model the name that the model is served under: the run's name
 * @param announce whether inference is told of the model: true
 */
public record ExportSpec(String model, Boolean announce) {
  public ExportSpec {
    announce = Require.orElse(announce, true);
    Require.name("export.model", model);
  }
}
