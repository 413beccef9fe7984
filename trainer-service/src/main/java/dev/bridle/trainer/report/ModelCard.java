package dev.bridle.trainer.report;

import dev.bridle.scores.ClassificationScores;
import dev.bridle.scores.Reliability;
import dev.bridle.scores.Scores;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.report.TestReport.HeadReport;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A model card (Mitchell et al., 2019) in Markdown, from what the run knows of itself. */
public final class ModelCard {
  private static final int BAR = 20;

  private ModelCard() {}

  /**
   * @param provenance as the model's {@code metadata_props} have it
   * @param ending how training ended, in words
   * @param changes what signals changed in mid-run
   */
  public static String markdown(
      RunSpec spec,
      Map<String, String> provenance,
      TestReport report,
      String ending,
      List<String> changes) {
    StringBuilder card = new StringBuilder();
    card.append("# Model card: %s\n\n".formatted(spec.export().model()));
    card.append("| | |\n|---|---|\n");
    row(
        card,
        "run",
        "`%s`, attempt %s".formatted(provenance.get("run_id"), provenance.get("attempt")));
    row(card, "experiment", spec.experiment());
    row(card, "network", code(SpecJson.compact(spec.model())));
    row(card, "optimizer", code(SpecJson.compact(spec.training().optimizer())));
    row(card, "regularization", techniques(spec));
    row(card, "changed in mid-run", changes.isEmpty() ? "nothing" : String.join("; ", changes));
    if (!report.unusedFeatures().isEmpty()) {
      row(card, "features not used", String.join(", ", report.unusedFeatures()));
    }
    row(card, "weights of epoch", provenance.get("best_epoch"));
    row(card, "training ended", ending);
    row(
        card,
        "data",
        "`%s`, SHA-256 `%s`".formatted(spec.data().uri(), provenance.get("data_sha256")));
    row(card, "seed", spec.seed().toString());
    row(card, "spec", "SHA-256 `%s`".formatted(provenance.get("spec_sha256")));
    card.append("\n## On %d rows that it was not trained on\n".formatted(report.rows()));
    report.heads().forEach(head -> append(card, head, report.samples()));
    card.append(
        """

        ## Use
        The graph takes raw features and standardizes them itself. Its Dropout is alive: a server that samples it
        says how sure a prediction is; one that does not has to set `training_mode` to false. The figures hold for
        data like the training data's; on other data look at the predictive entropy and the mutual information first.
        """);
    return card.toString();
  }

  private static void append(StringBuilder card, HeadReport head, int samples) {
    card.append(
        "\n### %s (%s, output `%s`)\n\n".formatted(head.head(), head.kind(), head.output()));
    card.append(
        samples > 0
            ? "| | plain | MC-dropout, %d samples |\n|---|---:|---:|\n".formatted(samples)
            : "| | plain |\n|---|---:|\n");
    head.plain()
        .figures()
        .forEach(
            (name, value) -> {
              card.append("| %s | %s |".formatted(name, number(value)));
              head.monteCarlo()
                  .map(scores -> scores.figures().get(name))
                  .ifPresent(sampled -> card.append(" %s |".formatted(number(sampled))));
              card.append('\n');
            });
    Scores best = head.monteCarlo().orElse(head.plain());
    if (best instanceof ClassificationScores scores) {
      reliability(card, scores);
    }
  }

  private static void reliability(StringBuilder card, ClassificationScores scores) {
    card.append("\nHow often it is right, by how sure it is:\n\n");
    card.append("| confidence | rows | right | |\n|---|---:|---:|---|\n");
    for (Reliability.Bin bin : scores.reliability()) {
      if (bin.count() > 0) {
        card.append(
            "| %s to %s | %d | %s | `%s` |\n"
                .formatted(
                    number(bin.lower()),
                    number(bin.upper()),
                    bin.count(),
                    number(bin.accuracy()),
                    "#".repeat((int) Math.round(bin.accuracy() * BAR))));
      }
    }
  }

  private static String techniques(RunSpec spec) {
    String all =
        Regularization.of(spec).techniques().stream()
            .map(named -> named.technique() + settings(named.regularizer().toString()))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none" : all;
  }

  /** {@code Dropout[rate=0.3]} without its name. */
  private static String settings(String regularizer) {
    return " (" + regularizer.replaceAll("^\\w+\\[|]$", "") + ")";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** What its owner wrote must not break the table. */
  private static void row(StringBuilder card, String name, String value) {
    card.append("| %s | %s |\n".formatted(name, value.replace("|", "\\|").replaceAll("\\R", " ")));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
