package dev.bridle.benchmarks.console;

import dev.bridle.benchmarks.bed.Await;
import dev.bridle.benchmarks.bed.Monitor;
import dev.bridle.benchmarks.report.Goal;
import dev.bridle.benchmarks.report.Report;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The console's pages as somebody has them on a machine without a GPU, beside a blank page in the
 * same browser: what is late there, the machine makes late.
 */
final class ConsoleBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final URI BLANK = URI.create("about:blank");

  /** So soon a frame should come after the one before; from 50 ms on a task counts as long. */
  private static final double FRAME_MILLIS = 50;

  private static final Goal SMOOTH = Goal.atLeast(0.95);

  /** Below it an answer seems to be at once (Nielsen, Usability Engineering, 1993). */
  private static final Goal AT_ONCE = Goal.atMost(100);

  private static final int TIMES = 20;
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final long EPOCH_MILLIS = 1_000;
  private static final long LONG_RUN_EPOCH_MILLIS = 200;

  private final Monitor monitor;
  private final LiveLoad load;
  private final Chromium chromium;
  private final Duration watched;

  ConsoleBenchmark(Monitor monitor, LiveLoad load, Chromium chromium, int seconds) {
    this.monitor = monitor;
    this.load = load;
    this.chromium = chromium;
    watched = Duration.ofSeconds(seconds);
  }

  void run(int runs, int epochs, Report report) {
    load.everyRunGoesOn();
    load.everyRunGoesOn();
    load.longRunGoesOn(epochs);
    Await.until(
        "the live view of every epoch",
        LIMIT,
        () ->
            monitor.meter("bridle_monitor_view_lag_records") == 0
                && monitor.meter("bridle_monitor_runs") > runs);
    chromium.open(BLANK);
    Frames blank = watch();
    report.told("a blank page: frames within 50 ms", blank.shareWithin(FRAME_MILLIS), "");
    frames("a blank page", blank, report);
    manyRuns(runs, report);
    longRun(epochs, report);
  }

  private void manyRuns(int runs, Report report) {
    String all = "%,d runs".formatted(runs);
    chromium.open(monitor.address());
    report.measuredAgainst(
        Goal.atMost(1_000),
        all + ", from the address to the first row",
        chromium.millis(
            "probe.since(() => document.querySelector('tbody tr .verdict')?.innerText, done)"),
        "ms");
    chromium.millis(
        "probe.since(() => document.getElementById('connection').innerText === 'Live', done)");
    LiveLoad.meanwhile(
        EPOCH_MILLIS,
        load::everyRunGoesOn,
        () -> {
          smooth(all + " send an epoch a second", watch(), report);
          smooth("the same while somebody scrolls", watchScrolled(), report);
          atOnce("sorted meanwhile", this::sorted, report);
          atOnce("filtered meanwhile", this::filtered, report);
        });
  }

  private void longRun(int epochs, Report report) {
    String one = "a run of %,d epochs".formatted(epochs);
    chromium.open(monitor.address().resolve("/run.html?id=" + load.longRun()));
    report.measuredAgainst(
        Goal.atMost(2_000),
        one + ", from the address to its curves",
        chromium.millis("probe.since(() => document.querySelector('#curves canvas'), done)"),
        "ms");
    LiveLoad.meanwhile(
        LONG_RUN_EPOCH_MILLIS,
        () -> load.longRunGoesOn(1),
        () -> {
          smooth("it sends 5 epochs a second", watch(), report);
          smooth("the same while somebody scrolls", watchScrolled(), report);
          atOnce("zoomed meanwhile", this::zoomed, report);
        });
  }

  private Frames watch() {
    double before = chromium.mainThreadSeconds();
    long begin = System.nanoTime();
    chromium.ask("probe.start()");
    Await.pause(watched);
    Object frames = chromium.ask("return probe.stop()");
    double busy = chromium.mainThreadSeconds() - before;
    return Frames.of(frames, busy * 1e9 / (System.nanoTime() - begin));
  }

  private Frames watchScrolled() {
    chromium.ask("window.still = probe.scroll(40)");
    Frames frames = watch();
    chromium.ask("still(); scrollTo(0, 0)");
    return frames;
  }

  /** By one column and then by another; done when the rows stand in its order. */
  private double sorted(int time) {
    return chromium.millis(
        """
        const column = arguments[0];
        const header = document.querySelector(`[data-sort="${column}Loss"] button`);
        const values = () => [...document.querySelectorAll(`tbody .${column}`)].map((cell) => parseFloat(cell.innerText));
        const inOrder = (all) => all.every((value, at) => at === 0 || all[at - 1] <= value);
        probe.after(() => header.click(), () => inOrder(values()), done);
        """,
        time % 2 == 0 ? "validation" : "training");
  }

  private double filtered(int time) {
    return chromium.millis(
        """
        const text = arguments[0];
        const field = document.querySelector('#filters [name=text]');
        const rows = () => [...document.querySelectorAll('tbody tr')].map((row) => row.dataset.run);
        const filter = () => {
          field.value = text;
          field.dispatchEvent(new Event('input', {bubbles: true}));
        };
        probe.after(filter, () => rows().length > 0 && rows().every((run) => run.startsWith(text)), done);
        """,
        time % 2 == 0 ? "live-99" : "live-1");
  }

  /** To the second half of the epochs, and back to all of them. */
  private double zoomed(int time) {
    return chromium.millis(
        """
        const field = document.getElementById('from-epoch');
        const zoom = () => {
          field.value = arguments[0];
          field.dispatchEvent(new Event('change', {bubbles: true}));
        };
        const shown = document.getElementById('curves').dataset;
        probe.after(zoom, () => shown.from === String(arguments[0]), done);
        """,
        time % 2 == 0 ? 1 + load.longEpoch() / 2 : 1);
  }

  private void atOnce(String what, IntToDoubleFunction act, Report report) {
    double[] millis = new double[TIMES];
    for (int time = 0; time < TIMES; time++) {
      millis[time] = act.applyAsDouble(time);
      Await.pause(BETWEEN);
    }
    Arrays.sort(millis);
    report.told(what + ", median of " + TIMES, millis[TIMES / 2], "ms");
    report.measuredAgainst(AT_ONCE, what + ", p95", millis[TIMES * 95 / 100 - 1], "ms");
  }

  private void smooth(String what, Frames frames, Report report) {
    report.measuredAgainst(
        SMOOTH, what + ": frames within 50 ms", frames.shareWithin(FRAME_MILLIS), "");
    frames(what, frames, report);
  }

  private void frames(String what, Frames frames, Report report) {
    report.told(what + ": frame, median", frames.quantile(0.5), "ms");
    report.told(what + ": frame, p95", frames.quantile(0.95), "ms");
    report.told(what + ": tasks over 50 ms", frames.longTasks().length, "");
    report.told(what + ": longest task", frames.longestTask(), "ms");
    report.told(what + ": share of a processor", frames.busy(), "");
  }
}
