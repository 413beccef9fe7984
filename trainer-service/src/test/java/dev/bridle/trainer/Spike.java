package dev.bridle.trainer;
import dev.bridle.trainer.data.*; import dev.bridle.trainer.model.*; import dev.bridle.trainer.spec.*; import dev.bridle.trainer.train.*; import dev.bridle.trainer.export.*;
import dev.bridle.events.*; import java.nio.file.*; import java.util.*;
public class Spike {
  public static void main(String[] a) throws Exception {
    System.out.println(TorchEngine.load(Path.of(System.getProperty("user.home"), ".djl.ai"), 1));
    RunSpec spec = SpecJson.read(Files.readAllBytes(Path.of(a[0])));
    int patience = Integer.parseInt(a[1]);
    Table t = CsvReader.read(Path.of("examples/data/digits.csv"), "label");
    PreparedData d = PreparedData.of(t, spec.data(), spec.seed());
    System.out.println(d.training().count()+" "+d.validation().count()+" "+d.test().count());
    Network n = Network.of(spec.model(), t.features(), t.classes().size());
    try (EngineNetwork e = new EngineNetwork(n, Seeds.of(spec.seed(), Seeds.Purpose.INITIAL_WEIGHTS))) {
      double[] best = {1e9, 0}; long t0=System.nanoTime();
      TrainingResult r = new TrainingLoop(e, d, spec.training(), "label", spec.seed()).run(new TrainingObserver() {
        public void completed(EpochRecord x) {
          if (x.validationLoss() < best[0]) { best[0]=x.validationLoss(); best[1]=x.epoch(); }
          if (x.epoch()%10==0||x.epoch()<4) System.out.println(x.epoch()+" "+ x.metrics()+" arrays "+e.manager().getManagedArrays().size());
        }
        public Optional<TrainingOutcome> wishToEnd(int l) { return l - best[1] >= patience ? Optional.of(new TrainingOutcome.Cancelled()) : Optional.empty(); }
      });
      System.out.println(r + " seconds " + (System.nanoTime()-t0)/1e9);
      System.out.println("TEST " + a[0] + " " + Evaluation.of(e.logits(d.test()), d.test().labels()));
      OnnxExporter x = new OnnxExporter(n, d.scaler(), e.weights());
      System.out.println(ParityGate.check(e, x, d));
    }
  }
}
