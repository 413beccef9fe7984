package dev.bridle.trainer.spec;

import dev.bridle.events.PolicySpec;
import java.util.Optional;

/**
 * What the owner of a run asks for; immutable once submitted. An absent field has the default that
 * its record names.
 *
 * @param name what its owner calls the run: required
 * @param experiment groups the runs that are to be compared: {@code default}
 * @param seed all randomness is a function of it: 0
 * @param data required
 * @param policy the rules that the monitor judges it by; empty for the monitor's default
 */
public record RunSpec(
    String name,
    String experiment,
    Long seed,
    DataSpec data,
    ModelSpec model,
    TrainingSpec training,
    Optional<PolicySpec> policy,
    ExportSpec export) {
  public RunSpec {
    Require.name("name", name);
    experiment = Require.text("experiment", 100, Require.orElse(experiment, "default"));
    seed = Require.orElse(seed, 0L);
    Require.present("data", data);
    model = Require.orElse(model, MlpSpec.DEFAULT);
    training = Require.orElse(training, TrainingSpec.DEFAULT);
    policy = Require.orElse(policy, Optional.empty());
    export = Require.orElse(export, new ExportSpec(name));
  }
}
