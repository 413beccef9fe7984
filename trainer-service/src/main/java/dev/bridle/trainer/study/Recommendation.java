package dev.bridle.trainer.study;

import dev.bridle.trainer.study.StudyArm.Kind;
import dev.bridle.trainer.study.StudyReport.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to do about each technique, and on what evidence. */
final class Recommendation {
  private Recommendation() {}

  static List<String> of(List<Receipt> receipts, String metric) {
    List<String> sentences = new ArrayList<>();
    receipts.forEach(receipt -> sentences.add(sentence(receipt, metric)));
    if (receipts.size() > 1) {
      sentences.add(
          "Each interval is of 95 %% by itself: of %d that show nothing real, one in twenty is"
                  .formatted(receipts.size())
              + " expected to leave 0 out.");
    }
    return sentences;
  }

  private static String sentence(Receipt receipt, String metric) {
    Gain gain = receipt.gain();
    boolean own = receipt.kind() == Kind.WITHOUT;
    if (gain.pairs() < 2) {
      return "%s: too few runs succeeded to say anything.".formatted(receipt.of());
    }
    String evidence =
        String.format(
            Locale.ROOT,
            "%s %+.4f, from %+.4f to %+.4f over %d seeds",
            metric,
            gain.mean(),
            gain.low(),
            gain.high(),
            gain.pairs());
    return switch (gain.verdict()) {
      case HELPS ->
          "%s %s: it helps (%s).".formatted(own ? "Keep" : "Take", receipt.of(), evidence);
      case HARMS ->
          "%s %s: it harms (%s)."
              .formatted(own ? "Leave out" : "Don't take", receipt.of(), evidence);
      case NOT_SHOWN ->
          "%s: no gain is shown (%s); more seeds make the interval narrower."
              .formatted(receipt.of(), evidence);
    };
  }
}
