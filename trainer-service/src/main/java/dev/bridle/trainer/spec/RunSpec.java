package dev.bridle.trainer.spec;

import dev.bridle.events.PolicySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the owner of a run asks for; immutable once submitted. An absent field has the default that
 * its record names.
 *
 * @param name what its owner calls the run: required
 * @param experiment groups the runs that are to be compared: {@code default}
 * @param seed all randomness is a function of it: 0
 * @param data required
 * @param heads what is to be predicted, up to 64: the class in {@code data.target}
 * @param regularization techniques, applied in the order given: none. See {@code model.dropout} too
 * @param policy the rules that the monitor judges it by; empty for the monitor's default
 */
public record RunSpec(
    String name,
    String experiment,
    Long seed,
    DataSpec data,
    ModelSpec model,
    List<HeadSpec> heads,
    TrainingSpec training,
    List<RegularizerSpec> regularization,
    Optional<PolicySpec> policy,
    ExportSpec export) {
  private static final int MOST_TECHNIQUES = 64;
  private static final int MOST_HEADS = 64;

  public RunSpec {
    Require.name("name", name);
    experiment = Require.text("experiment", 100, Require.orElse(experiment, "default"));
    seed = Require.orElse(seed, 0L);
    Require.present("data", data);
    model = Require.orElse(model, MlpSpec.DEFAULT);
    heads =
        List.copyOf(
            Require.orElse(
                heads,
                List.of(new HeadSpec.Classification(data.target(), null, null, null, null))));
    training = Require.orElse(training, TrainingSpec.DEFAULT);
    regularization = List.copyOf(Require.orElse(regularization, List.of()));
    Require.between("regularization (techniques)", 0, MOST_TECHNIQUES, regularization.size());
    for (int i = 0; i < regularization.size(); i++) {
      regularization.get(i).require("regularization[" + i + "]");
    }
    requireHeads(heads, training, data);
    if (model instanceof CnnSpec && data.image().isEmpty()) {
      throw new InvalidFieldException("data.image", "is required by model.kind cnn");
    }
    if (model.normalizesBatches() && training.batchSize() == 1) {
      throw new InvalidFieldException(
          "training.batchSize", "should be at least 2 with batchNorm in the model: was 1");
    }
    policy = Require.orElse(policy, Optional.empty());
    export = Require.orElse(export, new ExportSpec(name, true));
  }

  private static void requireHeads(List<HeadSpec> heads, TrainingSpec training, DataSpec data) {
    Require.between("heads", 1, MOST_HEADS, heads.size());
    Set<String> names = new HashSet<>();
    Set<String> columns = new HashSet<>();
    for (int i = 0; i < heads.size(); i++) {
      String path = "heads[" + i + "]";
      HeadSpec head = heads.get(i);
      head.require(path);
      if (!names.add(head.name())) {
        throw new InvalidFieldException(
            path + ".name", "should be given once: was '%s' again".formatted(head.name()));
      }
      for (String column : head.columns()) {
        if (!columns.add(column)) {
          throw new InvalidFieldException(
              path + ".target", "should be given once: was '%s' again".formatted(column));
        }
      }
      if (head.partial() && heads.size() == 1) {
        throw new InvalidFieldException(
            path + ".partial", "should be false for a single head: was true");
      }
      if (training.lossWeights() == LossWeights.UNCERTAINTY && head.weight() != 1) {
        throw new InvalidFieldException(
            path + ".weight",
            "should be 1 where training.lossWeights is uncertainty: was " + head.weight());
      }
    }
    if (training.lossWeights() == LossWeights.UNCERTAINTY && heads.size() == 1) {
      throw new InvalidFieldException(
          "training.lossWeights", "should be fixed for a single head: was uncertainty");
    }
    if (data.labelNoise() > 0
        && heads.stream().noneMatch(HeadSpec.Classification.class::isInstance)) {
      throw new InvalidFieldException(
          "data.labelNoise", "should be 0 without a classification: was " + data.labelNoise());
    }
  }
}
