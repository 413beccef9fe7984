package dev.bridle.benchmarks.rules;

import dev.bridle.benchmarks.report.Report;
import dev.bridle.benchmarks.report.ReportOption;
import dev.bridle.monitor.rule.RuleCatalog;
import dev.bridle.monitor.rule.RuleDefinition;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run rules}. */
@Command(
    name = "rules",
    description = "Nanoseconds and bytes per (epoch, rule), over the whole catalog, by JMH.",
    mixinStandardHelpOptions = true)
public final class RulesCommand implements Runnable {
  @Mixin ReportOption output;

  @Option(
      names = "--rules",
      split = ",",
      description = "names of the catalog (default: all of them)")
  List<String> rules = RuleCatalog.rules().stream().map(RuleDefinition::name).toList();

  @Option(
      names = "--iterations",
      defaultValue = "3",
      description = "measured ones of 300 ms for each rule (default: ${DEFAULT-VALUE})")
  int iterations;

  @Override
  public void run() {
    Report report = new Report("rules");
    for (RunResult result : measured()) {
      String rule = result.getParams().getParam("rule");
      report.told(rule + ", time", result.getPrimaryResult().getScore(), "ns");
      report.told(
          rule + ", allocated",
          result.getSecondaryResults().get("gc.alloc.rate.norm").getScore(),
          "B");
    }
    output.publish(report);
  }

  private Collection<RunResult> measured() {
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(RuleJudging.class.getName())
                  .param("rule", rules.toArray(String[]::new))
                  .addProfiler(GCProfiler.class)
                  .forks(1)
                  .warmupIterations(3)
                  .warmupTime(TimeValue.milliseconds(300))
                  .measurementIterations(iterations)
                  .measurementTime(TimeValue.milliseconds(300))
                  .verbosity(VerboseMode.SILENT)
                  .shouldFailOnError(true)
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run the rules", e);
    }
  }
}
