package dev.bridle.trainer.train;

import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.regularization.Regularizer;
import dev.bridle.trainer.train.Checkpoint.Turned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The knobs of one run: where they stand, and every turn that brought them there. */
final class Dials implements Knobs {
  static final String LEARNING_RATE = "learningRate";

  private final EngineNetwork network;
  private final Network plain;
  private final double learningRate;
  private final List<Turned> turns = new ArrayList<>();
  private final List<Regularization> regularizations = new ArrayList<>();
  private double reduction = 1;

  /**
   * @param plain the network without the layers that techniques ask for
   * @param learningRate before its schedule
   */
  Dials(EngineNetwork network, Network plain, Regularization regularization, double learningRate) {
    this.network = network;
    this.plain = plain;
    this.learningRate = learningRate;
    regularizations.add(regularization);
  }

  Regularization regularization() {
    return regularizations.get(turns.size());
  }

  /** The learning rate before its schedule. */
  double learningRate() {
    return learningRate * reduction;
  }

  List<Turned> turns() {
    return turns;
  }

  /** The network's layers as they were after so many turns. */
  Network layersAfter(int turned) {
    return regularizations.get(turned).regularized(plain);
  }

  void restore(List<Turned> saved) {
    for (Turned turn : saved) {
      if (turn.knob().equals(LEARNING_RATE)) {
        reduceLearningRate(turn.factor());
      } else {
        strengthen(turn.knob(), turn.factor());
      }
    }
  }

  @Override
  public Turn reduceLearningRate(double factor) {
    double before = learningRate();
    reduction *= factor;
    turned(LEARNING_RATE, factor, regularization());
    return Turn.done(LEARNING_RATE, before, before * factor);
  }

  @Override
  public Turn strengthen(String technique, double factor) {
    Optional<Regularizer> before = regularization().technique(technique);
    if (before.isEmpty()) {
      return Turn.impossible("this run has no " + technique);
    }
    Optional<Regularizer> after = before.get().strengthened(factor);
    if (after.isEmpty()) {
      return Turn.impossible("%s cannot be stronger than %s".formatted(technique, before.get()));
    }
    turned(technique, factor, regularization().with(technique, after.get()));
    network.become(regularization().regularized(plain));
    return Turn.done(technique, before.get(), after.get());
  }

  private void turned(String knob, double factor, Regularization regularization) {
    regularizations.add(regularization);
    turns.add(new Turned(knob, factor));
  }
}
