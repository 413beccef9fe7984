package dev.bridle.trainer.spec;

import dev.bridle.events.PolicySpec;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of a run asks for; immutable once submitted. An absent field has the default that
 * its record names.
 *
 * @param name what its owner calls the run: required
 * @param experiment groups the runs that are to be compared: {@code default}
 * @param seed all randomness is a function of it: 0
 * @param data required
 * @param regularization techniques, applied in the order given: none. See {@code model.dropout} too
 * @param policy the rules that the monitor judges it by; empty for the monitor's default
 */
public record RunSpec(
    String name,
    String experiment,
    Long seed,
    DataSpec data,
    ModelSpec model,
    TrainingSpec training,
    List<RegularizerSpec> regularization,
    Optional<PolicySpec> policy,
    ExportSpec export) {
  private static final int MOST_TECHNIQUES = 64;

  public RunSpec {
    Require.name("name", name);
    experiment = Require.text("experiment", 100, Require.orElse(experiment, "default"));
    seed = Require.orElse(seed, 0L);
    Require.present("data", data);
    model = Require.orElse(model, MlpSpec.DEFAULT);
    training = Require.orElse(training, TrainingSpec.DEFAULT);
    regularization = List.copyOf(Require.orElse(regularization, List.of()));
    Require.between("regularization (techniques)", 0, MOST_TECHNIQUES, regularization.size());
    for (int i = 0; i < regularization.size(); i++) {
      regularization.get(i).require("regularization[" + i + "]");
    }
    if (model instanceof CnnSpec && data.image().isEmpty()) {
      throw new InvalidFieldException("data.image", "is required by model.kind cnn");
    }
    if (model.normalizesBatches() && training.batchSize() == 1) {
      throw new InvalidFieldException(
          "training.batchSize", "should be at least 2 with batchNorm in the model: was 1");
    }
    policy = Require.orElse(policy, Optional.empty());
    export = Require.orElse(export, new ExportSpec(name));
  }
}
