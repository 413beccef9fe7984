package dev.bridle.benchmarks.uci;

import dev.bridle.benchmarks.bed.Ledger;
import dev.bridle.benchmarks.bed.TrainerRuns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One split of a data set: settings are chosen, then a network of all known rows is tested. */
final class Repetition {
  private static final int SAMPLES = 10_000;

  private final Dataset dataset;
  private final int seed;
  private final Observations training;
  private final Observations choosing;
  private final Observations known;
  private final Observations test;

  /** What it is made with. */
  record Tools(TrainerRuns runs, Served served, Ledger ledger, Path data) {}

  Repetition(Dataset dataset, Observations all, int seed) {
    this.dataset = dataset;
    this.seed = seed;
    Split split = Split.of(all.rows().size(), seed);
    training = all.select(split.training());
    choosing = all.select(split.choosing());
    known = all.select(split.known());
    test = all.select(split.test());
  }

  private String key() {
    return dataset.key() + "-" + seed;
  }

  Tested run(Tools tools) {
    return tools
        .ledger()
        .found(key(), Tested.class)
        .orElseGet(
            () -> {
              Tested tested = tested(chosen(tools), tools);
              tools.ledger().keep(key(), tested);
              return tested;
            });
  }

  private Choice chosen(Tools tools) {
    String file = key() + "-choosing.csv";
    Observations.write(tools.data().resolve(file), training, choosing);
    List<NetworkRun> submitted = new ArrayList<>();
    for (double rate : Choice.RATES) {
      String name = key() + "-rate-" + Math.round(1000 * rate);
      submitted.add(
          new NetworkRun(name, file, seed, rate, NetworkRun.MOST_EPOCHS, training.rows().size()));
    }
    submitted.forEach(network -> network.submit(tools.runs()));
    List<Choice> choices = new ArrayList<>();
    for (NetworkRun network : submitted) {
      int epochs = network.trained(tools.runs(), tools.served());
      float[] samples = tools.served().samples(network.name(), choosing, SAMPLES, seed);
      tools.served().unload(network.name());
      choices.add(Choice.of(network.rate(), epochs, samples, choosing.targets()));
    }
    return Choice.best(choices);
  }

  /** The known rows validate themselves: of the chosen number of epochs the last ones are kept. */
  private Tested tested(Choice choice, Tools tools) {
    String file = key() + "-known.csv";
    Observations.write(tools.data().resolve(file), known, known);
    NetworkRun network =
        new NetworkRun(
            key() + "-known", file, seed, choice.rate(), choice.epochs(), known.rows().size());
    network.submit(tools.runs());
    network.trained(tools.runs(), tools.served());
    float[] samples = tools.served().samples(network.name(), test, SAMPLES, seed);
    float[] plain = tools.served().plain(network.name(), test);
    tools.served().unload(network.name());
    return new Tested(
        choice,
        Likelihood.rmse(samples, test.targets()),
        Likelihood.of(samples, test.targets(), choice.tau()),
        Likelihood.rmse(plain, test.targets()),
        Likelihood.of(plain, test.targets(), choice.tau()));
  }
}
