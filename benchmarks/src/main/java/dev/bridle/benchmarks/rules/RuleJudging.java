package dev.bridle.benchmarks.rules;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.RunId;
import dev.bridle.monitor.rule.Judged;
import dev.bridle.monitor.rule.Rule;
import dev.bridle.monitor.rule.RuleCatalog;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One rule by its defaults, along a run of 1,000 epochs that measure two layers and one head. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RuleJudging {
  private static final int EPOCHS = 1_000;

  /** Set to every name of the catalog by whoever runs this. */
  @Param("patience")
  public String rule;

  private Fold<?> fold;

  /** A rule and where it stands in the run. */
  private static final class Fold<S> {
    private final Rule<S> rule;
    private final EpochCompleted[] epochs;
    private S state;
    private int next;

    private Fold(Rule<S> rule, EpochCompleted[] epochs) {
      this.rule = rule;
      this.epochs = epochs;
      state = rule.initial();
    }

    private Judged<S> judge() {
      if (next == epochs.length) {
        state = rule.initial();
        next = 0;
      }
      Judged<S> judged = rule.judge(state, epochs[next++]);
      state = judged.state();
      return judged;
    }
  }

  @Setup
  public void prepare() {
    Random random = new Random(1);
    EpochCompleted[] epochs = new EpochCompleted[EPOCHS];
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] = epoch(i + 1, random);
    }
    fold = new Fold<>(RuleCatalog.named("rule", rule).rule("rule", Map.of()), epochs);
  }

  @Benchmark
  public Object judge() {
    return fold.judge();
  }

  private static EpochCompleted epoch(int epoch, Random random) {
    double loss = 0.3 + 2.0 / (1 + 0.05 * epoch);
    Map<String, Double> metrics = new HashMap<>();
    metrics.put(MetricNames.TRAINING_LOSS, loss + 0.01 * random.nextGaussian());
    metrics.put(MetricNames.VALIDATION_LOSS, loss + 0.1 + 0.01 * random.nextGaussian());
    metrics.put(MetricNames.LEARNING_RATE, 0.001);
    metrics.put(MetricNames.EPOCH_SECONDS, 1.25);
    metrics.put(MetricNames.accuracy("label"), 0.9 + 0.01 * random.nextDouble());
    metrics.put(MetricNames.trainingAccuracy("label"), 0.95);
    metrics.put(MetricNames.classRatio("label"), 1.5);
    metrics.put(MetricNames.worstRecall("label"), 0.8);
    metrics.put(MetricNames.labeledRows("label"), 500.0);
    for (String layer : new String[] {"dense-1", "dense-2"}) {
      metrics.put(MetricNames.gradientNorm(layer), 1 + random.nextDouble());
      metrics.put(MetricNames.weightNorm(layer), 10 + 0.1 * random.nextDouble());
      metrics.put(MetricNames.updateRatio(layer), 0.001);
      metrics.put(MetricNames.deadShare(layer), 0.05);
      metrics.put(MetricNames.saturatedShare(layer), 0.05);
      metrics.put(MetricNames.activationVariance(layer), 0.7);
      metrics.put(MetricNames.dropout(layer), 0.5);
    }
    return new EpochCompleted(new RunId("rules-1"), 1, epoch, metrics, Instant.EPOCH);
  }
}
