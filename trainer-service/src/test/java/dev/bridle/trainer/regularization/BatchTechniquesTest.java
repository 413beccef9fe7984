package dev.bridle.trainer.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.model.ForwardPass;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.TrainingLayer;
import dev.bridle.trainer.spec.ImageSpec;
import dev.bridle.trainer.spec.RunSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What acts on the batch and on hidden units, on small arrays. */
class BatchTechniquesTest {
  private static final int MANY = 20_000;
  private static Heads heads;
  private NDManager manager;

  @BeforeAll
  static void engine() {
    Training.loadEngine();
    heads = Heads.of(Digits.spec("{}"), Digits.prepared(Digits.spec("{}")));
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(3);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void inputNoiseHasItsDeviation() {
    NDArray zeros = manager.zeros(new Shape(MANY, 1));
    NDArray noisy = new InputNoise(0.4).batch(new Batch(zeros, zeros), step()).features();
    assertThat(moment(noisy, 1)).isCloseTo(0, within(0.02));
    assertThat(Math.sqrt(moment(noisy, 2))).isCloseTo(0.4, within(0.01));
  }

  @Test
  void imagesAreMovedAsRawPixelsHoweverEachIsStandardized() {
    // 2 x 3 pixels 1..6; each pixel with a mean and a deviation of its own.
    NDArray mean = manager.create(new float[] {0, 1, 2, 3, 4, 5});
    NDArray deviation = manager.create(new float[] {1, 2, 1, 2, 1, 2});
    Images images = new Images(new ImageSpec(1, 2, 3), mean, deviation);
    NDArray raw = manager.create(new float[] {1, 2, 3, 4, 5, 6}).reshape(1, 6);
    Batch batch = new Batch(raw.sub(mean).div(deviation), raw);
    StepContext step = new StepContext(manager, 1, heads, Optional.of(images));
    assertThat(raw(new Flip(1, "horizontal").batch(batch, step), images))
        .containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(raw(new Flip(1, "vertical").batch(batch, step), images))
        .containsExactly(4, 5, 6, 1, 2, 3);
    assertThat(raw(new Rotation(0).batch(batch, step), images)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(raw(new RandomCrop(1).batch(batch, step), images)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void everyChannelMovesAlike() {
    float[] pixels = {1, 2, 3, 4, 10, 20, 30, 40};
    Images images =
        new Images(new ImageSpec(2, 2, 2), manager.zeros(new Shape(8)), manager.ones(new Shape(8)));
    NDArray features = manager.create(pixels).reshape(1, 8);
    StepContext step = new StepContext(manager, 1, heads, Optional.of(images));
    Batch flipped = new Flip(1, "horizontal").batch(new Batch(features, features), step);
    assertThat(flipped.features().toFloatArray()).containsExactly(2, 1, 4, 3, 20, 10, 40, 30);
  }

  @Test
  void shiftsReachEveryPlaceWithinTheLimitAndNoOther() {
    Images images = square(5);
    NDArray features = manager.zeros(new Shape(2000, 25));
    features.set(new ai.djl.ndarray.index.NDIndex(":, 12"), 1f);
    Batch moved = new Shift(1).batch(new Batch(features, features), context(images));
    float[] sums = moved.features().sum(new int[] {0}).toFloatArray();
    for (int place = 0; place < 25; place++) {
      boolean near = Math.abs(place / 5 - 2) <= 1 && Math.abs(place % 5 - 2) <= 1;
      assertThat(sums[place]).isBetween(near ? 150f : 0f, near ? 300f : 0f);
    }
  }

  @Test
  void rotationKeepsTheCenterAndTurnsTheRest() {
    Images images = square(5);
    NDArray features = manager.zeros(new Shape(500, 25));
    features.set(new ai.djl.ndarray.index.NDIndex(":, 12"), 1f);
    features.set(new ai.djl.ndarray.index.NDIndex(":, 14"), 1f);
    Batch moved = new Rotation(180).batch(new Batch(features, features), context(images));
    float[] sums = moved.features().sum(new int[] {0}).toFloatArray();
    assertThat(sums[12]).isCloseTo(500, within(0.01f));
    assertThat(List.of(sums[2], sums[10], sums[14], sums[22]))
        .allSatisfy(sum -> assertThat(sum).isBetween(20f, 200f));
  }

  @Test
  void cutoutSetsOneSquareToTheMean() {
    NDArray ones = manager.ones(new Shape(200, 25));
    Batch cut = new Cutout(3).batch(new Batch(ones, ones), context(square(5)));
    float[] kept = cut.features().sum(new int[] {1}).toFloatArray();
    for (float sum : kept) {
      assertThat(25 - sum).isIn(4f, 6f, 9f);
    }
  }

  @Test
  void cropStretchesAPartOfTheImage() {
    Images images = square(4);
    NDArray ramp = images.x(manager).tile(new long[] {100, 1});
    Batch cropped = new RandomCrop(0.5).batch(new Batch(ramp, ramp), context(images));
    assertThat(cropped.features().min().getFloat()).isGreaterThanOrEqualTo(0);
    assertThat(cropped.features().max().getFloat()).isLessThanOrEqualTo(3);
    float[] row = cropped.features().toFloatArray();
    assertThat(row[3] - row[0]).isBetween(1f, 2.8f);
  }

  @Test
  void mixupMixesFeaturesAndTargetsByTheSameShare() {
    NDArray values = manager.arange(0, 10, 1, DataType.FLOAT32).reshape(10, 1);
    Batch mixed = new Mixup(1).batch(new Batch(values, values.mul(2)), step());
    assertThat(mixed.targets().sub(mixed.features().mul(2)).abs().max().getFloat()).isZero();
    assertThat(mixed.features().mean().getFloat()).isCloseTo(4.5f, within(1e-5f));
    assertThat(mixed.features().toFloatArray()).isNotEqualTo(values.toFloatArray());
  }

  @Test
  void mixupDrawsFromTheBetaDistribution() {
    SplittableRandom random = new SplittableRandom(5);
    double[] shares =
        DoubleStream.generate(() -> new Mixup(0.2).beta(random)).limit(MANY).toArray();
    double mean = DoubleStream.of(shares).average().getAsDouble();
    double variance =
        DoubleStream.of(shares).map(s -> (s - 0.5) * (s - 0.5)).average().getAsDouble();
    assertThat(mean).isCloseTo(0.5, within(0.01));
    assertThat(variance).isCloseTo(1 / (4 * (2 * 0.2 + 1)), within(0.005));
  }

  @Test
  void smoothingMovesItsShareToAllClasses() {
    NDArray targets = manager.create(new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}).reshape(1, 10);
    Batch smooth = new LabelSmoothing(0.2).batch(new Batch(targets, targets), step());
    float[] expected = {0.82f, 0.02f, 0.02f, 0.02f};
    IntStream.range(0, 4)
        .forEach(
            c ->
                assertThat(smooth.targets().toFloatArray()[c])
                    .isCloseTo(expected[c], within(1e-6f)));
  }

  @Test
  void gaussianDropoutHasDropoutsMeanAndVariance() {
    NDArray dropped = new GaussianDropout(0.2).dropped(manager.ones(new Shape(MANY, 1)));
    assertThat(moment(dropped, 1)).isCloseTo(1, within(0.02));
    assertThat(moment(dropped.sub(1), 2)).isCloseTo(0.25, within(0.01));
  }

  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    NDArray normal = manager.randomNormal(new Shape(MANY, 1));
    NDArray dropped = new AlphaDropout(0.3).dropped(normal);
    assertThat(moment(dropped, 1)).isCloseTo(0, within(0.03));
    assertThat(moment(dropped, 2)).isCloseTo(1, within(0.03));
  }

  @Test
  void hiddenNoiseHasItsDeviationBehindEachActivationInTrainingAlone() {
    RunSpec spec =
        Training.spec(1, "relu", "[{\"technique\": \"hiddenNoise\", \"deviation\": 0.3}]");
    Network network = Regularization.of(spec).regularized(Network.of(spec, 64, 10));
    assertThat(network.layers().stream().map(Layer::name))
        .containsExactly("dense1", "activation1", "hiddenNoise1", "output");
    TrainingLayer layer = (TrainingLayer) network.layers().get(2);
    NDArray noisy = layer.noise().apply(manager.zeros(new Shape(MANY, 1)));
    assertThat(moment(noisy, 1)).isCloseTo(0, within(0.02));
    assertThat(Math.sqrt(moment(noisy, 2))).isCloseTo(0.3, within(0.01));
  }

  @Test
  void weightNoiseHasItsDeviation() {
    NDArray weight = manager.ones(new Shape(MANY, 1));
    assertThat(new WeightNoise(0.2).perturb(weight, manager)).isEmpty();
    assertThat(moment(weight, 1)).isCloseTo(1, within(0.01));
    assertThat(Math.sqrt(moment(weight.sub(1), 2))).isCloseTo(0.2, within(0.01));
  }

  @Test
  void dropConnectDropsItsShareScalesTheOthersAndSaysByWhat() {
    NDArray weight = manager.ones(new Shape(MANY, 1));
    NDArray factor = new DropConnect(0.25).perturb(weight, manager).orElseThrow();
    assertThat(weight.toFloatArray()).isEqualTo(factor.toFloatArray());
    assertThat(moment(weight.eq(0).toType(DataType.FLOAT32, false), 1))
        .isCloseTo(0.25, within(0.01));
    assertThat(weight.max().getFloat()).isCloseTo(1 / 0.75f, within(1e-6f));
    assertThat(moment(weight, 1)).isCloseTo(1, within(0.02));
  }

  @Test
  void flipsMirrorAsManyImagesAsTheirProbabilitySays() {
    NDArray rows =
        manager.create(new float[] {1, 2, 3, 4}).reshape(1, 4).tile(new long[] {MANY, 1});
    float[] sideways = {2, 1, 4, 3};
    float[] upsideDown = {3, 4, 1, 2};
    assertThat(shareOf(sideways, new Flip(0.3, "horizontal"), rows)).isCloseTo(0.3, within(0.02));
    assertThat(shareOf(upsideDown, new Flip(0.3, "vertical"), rows)).isCloseTo(0.3, within(0.02));
    assertThat(shareOf(sideways, new Flip(1, "horizontal"), rows)).isEqualTo(1);
  }

  /** The share of rows that became that; the others are required to be as they were. */
  private double shareOf(float[] mirrored, Flip flip, NDArray rows) {
    float[] after = flip.batch(new Batch(rows, rows), context(square(2))).features().toFloatArray();
    float[] before = rows.toFloatArray();
    int flipped = 0;
    for (int row = 0; row < after.length; row += 4) {
      boolean same = Arrays.equals(after, row, row + 4, before, row, row + 4);
      assertThat(same || Arrays.equals(after, row, row + 4, mirrored, 0, 4)).isTrue();
      flipped += same ? 0 : 1;
    }
    return flipped / (after.length / 4.0);
  }

  @Test
  void activityPenaltiesAreTheirFormulas() {
    NDArray h = manager.create(new float[] {0.5f, -1, 0.5f, 3}).reshape(2, 2);
    ForwardPass pass = new ForwardPass(h, List.of(h, h));
    assertThat(new ActivityL1(0.1).penalty(pass).orElseThrow().getFloat())
        .isCloseTo(0.5f, within(1e-6f));
    NDArray rates = manager.create(new float[] {0.1f, 0.5f, 0.3f, 0.5f}).reshape(2, 2);
    double first = 0.2 * Math.log(0.2 / 0.2) + 0.8 * Math.log(0.8 / 0.8);
    double second = 0.2 * Math.log(0.2 / 0.5) + 0.8 * Math.log(0.8 / 0.5);
    ForwardPass sigmoid = new ForwardPass(rates, List.of(rates));
    assertThat((double) new ActivityKL(2, 0.2).penalty(sigmoid).orElseThrow().getFloat())
        .isCloseTo(2 * (first + second), within(1e-5));
  }

  private StepContext step() {
    return new StepContext(manager, 9, heads, Optional.empty());
  }

  private StepContext context(Images images) {
    return new StepContext(manager, 9, heads, Optional.of(images));
  }

  private Images square(int side) {
    Shape pixels = new Shape((long) side * side);
    return new Images(new ImageSpec(1, side, side), manager.zeros(pixels), manager.ones(pixels));
  }

  private static float[] raw(Batch batch, Images images) {
    float[] raw = batch.features().mul(images.deviation()).add(images.mean()).toFloatArray();
    for (int i = 0; i < raw.length; i++) {
      raw[i] = Math.round(raw[i] * 1e4f) / 1e4f;
    }
    return raw;
  }

  private static double moment(NDArray values, int power) {
    return values.pow(power).mean().getFloat();
  }
}
