package dev.bridle.trainer.model;

import dev.bridle.trainer.spec.Activation;
import dev.bridle.trainer.spec.CnnSpec;
import dev.bridle.trainer.spec.ConvolutionSpec;
import dev.bridle.trainer.spec.ImageSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.LossWeights;
import dev.bridle.trainer.spec.MlpSpec;
import dev.bridle.trainer.spec.Pooling;
import dev.bridle.trainer.spec.ResidualSpec;
import dev.bridle.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** The layers of each kind of model, counted from 1 by what they are. */
final class Layers {
  private final List<Layer> layers = new ArrayList<>();
  private int dense;
  private int activations;
  private int norms;

  private Layers() {}

  /** From features to the output layer of so many units. */
  static List<Layer> of(RunSpec spec, int outputs) {
    Layers chain = new Layers();
    if (spec.model() instanceof CnnSpec cnn) {
      chain.convolutional(cnn, spec.data().image().orElseThrow());
    } else if (spec.model() instanceof ResidualSpec residual) {
      chain.residual(residual);
    } else {
      MlpSpec mlp = (MlpSpec) spec.model();
      chain.hidden(mlp.hidden(), mlp.activation());
    }
    chain.layers.add(new Dense("output", outputs));
    if (spec.training().lossWeights() == LossWeights.UNCERTAINTY) {
      chain.layers.add(new TaskVariances("heads", spec.heads().size()));
    }
    return chain.layers;
  }

  private void hidden(List<Integer> units, Activation activation) {
    for (int next : units) {
      dense(next);
      activate(activation);
    }
  }

  private void convolutional(CnnSpec cnn, ImageSpec image) {
    int left = Math.min(image.height(), image.width());
    layers.add(new AsImage("image", image));
    for (int i = 0; i < cnn.blocks().size(); i++) {
      ConvolutionSpec block = cnn.blocks().get(i);
      int number = i + 1;
      layers.add(
          new Convolve("conv" + number, block.channels(), block.kernel(), !block.batchNorm()));
      if (block.batchNorm()) {
        normalize();
      }
      // An activation that never falls may come after the greatest of a window: the same values,
      // and
      // it has a fourth of them to work on.
      boolean pooledFirst = cnn.pooling() == Pooling.MAX && block.pool() > 1;
      if (!pooledFirst) {
        activate(cnn.activation());
      }
      if (block.pool() > left) {
        throw new InvalidFieldException(
            "model.blocks[%d].pool".formatted(i),
            "should be at most %d, the pixels that the image has left there: was %d"
                .formatted(left, block.pool()));
      }
      if (block.pool() > 1) {
        layers.add(new Pool("pool" + number, cnn.pooling(), block.pool()));
        left /= block.pool();
      }
      if (pooledFirst) {
        activate(cnn.activation());
      }
    }
    layers.add(new Flatten("flat"));
    hidden(cnn.hidden(), cnn.activation());
  }

  private void residual(ResidualSpec residual) {
    String stream = dense(residual.width());
    for (int block = 1; block <= residual.blocks(); block++) {
      if (residual.batchNorm()) {
        normalize();
      }
      dense(residual.hidden());
      activate(residual.activation());
      dense(residual.width());
      AddShortcut sum = new AddShortcut("block" + block, stream);
      layers.add(sum);
      stream = sum.name();
    }
    if (residual.batchNorm()) {
      normalize();
    }
    activate(residual.activation());
  }

  private String dense(int units) {
    Dense layer = new Dense("dense" + ++dense, units);
    layers.add(layer);
    return layer.name();
  }

  private void activate(Activation activation) {
    layers.add(new Activate("activation" + ++activations, activation));
  }

  private void normalize() {
    layers.add(new NormalizeBatch("norm" + ++norms));
  }
}
