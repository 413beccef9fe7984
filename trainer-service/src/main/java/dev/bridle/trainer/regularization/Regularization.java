package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.bridle.trainer.model.ForwardPass;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.spec.CnnSpec;
import dev.bridle.trainer.spec.HeadSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RegularizerSpec;
import dev.bridle.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All techniques of a run, in the order of its submission; immutable. */
public final class Regularization {
  /** One technique under its name in the catalog. */
  public record Named(String technique, Regularizer regularizer) {}

  private final List<Named> techniques;

  private Regularization(List<Named> techniques) {
    this.techniques = List.copyOf(techniques);
  }

  /**
   * @throws InvalidFieldException if a technique is unknown, given twice, has an unknown setting or
   *     one out of its limits, or needs images or classes that the run lacks
   */
  public static Regularization of(RunSpec spec) {
    List<Named> techniques = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (spec.model() instanceof CnnSpec cnn && cnn.spatialDropout() > 0) {
      techniques.add(new Named(SpatialDropout.NAME, new SpatialDropout(cnn.spatialDropout())));
    }
    if (spec.model().dropout() > 0) {
      techniques.add(new Named(Dropout.NAME, new Dropout(spec.model().dropout())));
    }
    techniques.forEach(named -> names.add(named.technique()));
    for (int i = 0; i < spec.regularization().size(); i++) {
      String path = "regularization[" + i + "]";
      RegularizerSpec given = spec.regularization().get(i);
      Regularizer regularizer = Techniques.read(path, given);
      if (!names.add(given.technique())) {
        throw new InvalidFieldException(
            path + ".technique",
            "should be given once: was '%s' again".formatted(given.technique()));
      }
      if (regularizer.needsImages() && spec.data().image().isEmpty()) {
        throw new InvalidFieldException(
            "data.image", "is required by %s (%s)".formatted(path, given.technique()));
      }
      if (regularizer.needsClasses()
          && spec.heads().stream().allMatch(HeadSpec.Regression.class::isInstance)) {
        throw new InvalidFieldException(
            "heads", "should have one with classes for %s (%s)".formatted(path, given.technique()));
      }
      techniques.add(new Named(given.technique(), regularizer));
    }
    return new Regularization(techniques);
  }

  public List<Named> techniques() {
    return techniques;
  }

  /** The technique of that name, if the run has it. */
  public Optional<Regularizer> technique(String name) {
    return techniques.stream()
        .filter(named -> named.technique().equals(name))
        .map(Named::regularizer)
        .findFirst();
  }

  /** The same with another strength of the technique of that name. */
  public Regularization with(String name, Regularizer other) {
    return new Regularization(
        techniques.stream()
            .map(named -> named.technique().equals(name) ? new Named(name, other) : named)
            .toList());
  }

  /** The network with the layers that the techniques ask for. */
  public Network regularized(Network plain) {
    Network network = plain;
    for (Named named : techniques) {
      network = network.withLayers(named.regularizer().layers(network));
    }
    return network;
  }

  public boolean needsImages() {
    return techniques.stream().anyMatch(named -> named.regularizer().needsImages());
  }

  public Batch batch(Batch plain, StepContext step) {
    Batch batch = plain;
    for (Named named : techniques) {
      batch = named.regularizer().batch(batch, step);
    }
    return batch;
  }

  /** Whether any changes the weights for a pass. */
  public boolean perturbs() {
    return techniques.stream().anyMatch(named -> named.regularizer().perturbsWeights());
  }

  /** Changes a weight in place; the factors of its gradient, none where all are 1. */
  public List<NDArray> perturb(NDArray weight, NDManager manager) {
    return techniques.stream()
        .flatMap(named -> named.regularizer().perturb(weight, manager).stream())
        .toList();
  }

  /** The mean loss with all penalties on activations. */
  public NDArray penalized(NDArray loss, ForwardPass pass) {
    NDArray sum = loss;
    for (Named named : techniques) {
      Optional<NDArray> penalty = named.regularizer().penalty(pass);
      sum = penalty.isPresent() ? sum.add(penalty.get()) : sum;
    }
    return sum;
  }

  /** Changes gradients in place; returns the penalties on weights. */
  public double gradients(List<WeightStep> weights) {
    double penalty = 0;
    for (Named named : techniques) {
      penalty += named.regularizer().gradients(weights);
    }
    return penalty;
  }

  public void beforeUpdate(WeightStep weight, double learningRate) {
    techniques.forEach(named -> named.regularizer().beforeUpdate(weight, learningRate));
  }

  public void afterUpdate(WeightStep weight, double learningRate) {
    techniques.forEach(named -> named.regularizer().afterUpdate(weight, learningRate));
  }
}
