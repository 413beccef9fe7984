package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.monitor.trend.SimulatedCurve;
import dev.bridle.monitor.trend.SimulatedCurve.Family;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What expectedImprovement states, held against what simulated curves do, and what its stops cost,
 * held against those of patience. Leaves the tables in target/calibration.txt.
 */
class ExpectedImprovementCalibrationTest {
  private static final int WARM_UP = 20;
  private static final int HORIZON = 10;
  private static final double PROBABILITY = 0.05;
  private static final List<Integer> PATIENCES = List.of(3, 5, 7, 10, 14, 20, 28, 40, 60, 80, 120);

  private static final Map<Family, Reliability> EVERY_EPOCH = new EnumMap<>(Family.class);
  private static final Map<Family, Reliability> AT_STOPS = new EnumMap<>(Family.class);
  private static final Map<Family, Cost> OURS = new EnumMap<>(Family.class);
  private static final Map<Family, List<Cost>> OF_PATIENCE = new EnumMap<>(Family.class);

  /** Means over a family: the share of the possible gain that is lost, and the epochs trained. */
  private record Cost(double regret, double epochs) {
    /**
     * The epochs that a patience of the same regret trains, between the patiences that are tried.
     */
    static double epochsAt(double regret, List<Cost> rising) {
      for (int i = 1; i < rising.size(); i++) {
        Cost less = rising.get(i - 1);
        Cost more = rising.get(i);
        if (regret <= less.regret() && regret >= more.regret()) {
          double share = (less.regret() - regret) / Math.max(1e-12, less.regret() - more.regret());
          return less.epochs() + share * (more.epochs() - less.epochs());
        }
      }
      return regret > rising.get(0).regret() ? rising.get(0).epochs() : SimulatedCurve.EPOCHS;
    }
  }

  @BeforeAll
  static void judgeAllCurves() throws IOException {
    for (Family family : Family.values()) {
      List<SimulatedCurve> curves = SimulatedCurve.of(family, 7, 20_261_123);
      Reliability everyEpoch = new Reliability();
      Reliability atStops = new Reliability();
      List<Integer> stops = new ArrayList<>();
      curves.forEach(curve -> stops.add(judge(curve, everyEpoch, atStops)));
      EVERY_EPOCH.put(family, everyEpoch);
      AT_STOPS.put(family, atStops);
      OURS.put(family, cost(curves, stops));
      OF_PATIENCE.put(
          family,
          PATIENCES.stream()
              .map(patience -> cost(curves, curves.stream().map(c -> stop(c, patience)).toList()))
              .toList());
    }
    write(Path.of("target", "calibration.txt"));
  }

  @Test
  void whatIsStatedComesAsOften() {
    Reliability fitted = together(EVERY_EPOCH, family -> family.fitted);

    assertThat(fitted.error()).isLessThan(0.05);
    assertThat(fitted.bins())
        .allSatisfy(bin -> assertThat(bin.said() - bin.came()).isBetween(-0.1, 0.1));
  }

  @Test
  void soItDoesOnFamiliesThatTheRecalibrationNeverSaw() {
    Reliability held = together(EVERY_EPOCH, family -> !family.fitted);

    assertThat(held.error()).isLessThan(0.08);
    assertThat(held.bins())
        .allSatisfy(bin -> assertThat(bin.said() - bin.came()).isBetween(-0.2, 0.1));
  }

  @Test
  void aStopIsSeldomWrong() {
    assertThat(together(AT_STOPS, family -> family.fitted).all().came()).isLessThan(0.1);
    // Of a first plateau that breaks, nothing before it tells.
    assertThat(together(AT_STOPS, family -> !family.fitted).all().came()).isLessThan(0.25);
  }

  /** Of an unannounced drop of the learning rate nothing tells; there the seed decides who wins. */
  @Test
  void aPatienceOfTheSameRegretTrainsLongerWhereverTheFutureShowsInThePast() {
    double[] ratios =
        EnumSet.complementOf(EnumSet.of(Family.STEPS)).stream()
            .mapToDouble(ExpectedImprovementCalibrationTest::saving)
            .sorted()
            .toArray();

    assertThat(Arrays.stream(ratios).average().orElseThrow()).isLessThan(0.9);
    assertThat(ratios[ratios.length / 2]).isLessThan(0.95);
    assertThat(ratios[ratios.length - 1]).isLessThan(1.15);
  }

  @Test
  void itRegretsLessThanTheDefaultPatienceWhereverTheFutureShowsInThePast() {
    for (Family family : EnumSet.complementOf(EnumSet.of(Family.STEPS))) {
      assertThat(OURS.get(family).regret())
          .as(family.name())
          .isLessThan(OF_PATIENCE.get(family).get(PATIENCES.indexOf(10)).regret());
    }
  }

  /** Its epochs as a share of those of the patience that regrets as much. */
  private static double saving(Family family) {
    Cost ours = OURS.get(family);
    return ours.epochs() / Cost.epochsAt(ours.regret(), OF_PATIENCE.get(family));
  }

  /** The epoch after which it stops; counts what it states after every epoch behind the warm-up. */
  private static int judge(SimulatedCurve curve, Reliability everyEpoch, Reliability atStops) {
    // A rule that always stops states its probability after every epoch.
    Rule<?> rule =
        Folds.rule(
            "expectedImprovement", Map.of("probability", 0.99999999, "startFromEpoch", WARM_UP));
    List<Verdict> verdicts = Folds.verdicts(rule, curve.epochs());
    int stop = SimulatedCurve.EPOCHS;
    for (int now = WARM_UP + 1; now + HORIZON <= SimulatedCurve.EPOCHS; now++) {
      Verdict.StopTraining said = (Verdict.StopTraining) verdicts.get(now - 1);
      double probability = said.evidence().get("probability");
      boolean came =
          curve.best(now + 1, now + HORIZON) < curve.best(1, now) - said.evidence().get("margin");
      everyEpoch.add(probability, came);
      if (probability < PROBABILITY && stop == SimulatedCurve.EPOCHS) {
        stop = now;
        atStops.add(probability, came);
      }
    }
    return stop;
  }

  private static int stop(SimulatedCurve curve, int patience) {
    Rule<?> rule = Folds.rule("patience", Map.of("patience", patience));
    return Folds.first(Verdict.StopTraining.class, Folds.verdicts(rule, curve.epochs()))
        .orElse(SimulatedCurve.EPOCHS);
  }

  private static Cost cost(List<SimulatedCurve> curves, List<Integer> stops) {
    double regret = 0;
    double epochs = 0;
    for (int i = 0; i < curves.size(); i++) {
      regret += curves.get(i).regret(stops.get(i)) / curves.size();
      epochs += (double) stops.get(i) / curves.size();
    }
    return new Cost(regret, epochs);
  }

  private static Reliability together(Map<Family, Reliability> parts, Predicate<Family> chosen) {
    Reliability sum = new Reliability();
    parts.forEach(
        (family, part) -> {
          if (chosen.test(family)) {
            sum.addAll(part);
          }
        });
    return sum;
  }

  private static void write(Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (boolean fitted : new boolean[] {true, false}) {
        Reliability all = together(EVERY_EPOCH, family -> family.fitted == fitted);
        out.printf(
            Locale.ROOT,
            "%nAfter every epoch, on families %s: error %.3f%n",
            fitted ? "that the recalibration is fitted on" : "that it never saw",
            all.error());
        all.bins().forEach(out::println);
        out.println("at stops " + together(AT_STOPS, family -> family.fitted == fitted).all());
      }
      out.printf("%n%-20s %16s %14s   regret in %%, epochs%n", "family", "ours", "patience 10");
      for (Family family : Family.values()) {
        Cost ours = OURS.get(family);
        Cost ten = OF_PATIENCE.get(family).get(PATIENCES.indexOf(10));
        out.printf(
            Locale.ROOT,
            "%-20s %9.2f %6.1f %8.2f %5.1f   a patience of our regret: %5.1f%n",
            family,
            100 * ours.regret(),
            ours.epochs(),
            100 * ten.regret(),
            ten.epochs(),
            Cost.epochsAt(ours.regret(), OF_PATIENCE.get(family)));
      }
    }
  }
}
