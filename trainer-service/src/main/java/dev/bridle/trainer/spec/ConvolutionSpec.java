package dev.bridle.trainer.spec;

/**
 * One block of a convolutional network: a convolution that keeps height and width, batch
 * normalization where it is asked for, the activation, and a pool.
 *
 * @param channels feature maps that it yields, 1 to 1024: required
 * @param kernel height and width of the convolution's window, odd, 1 to 15: 3
 * @param pool height, width and stride of the pool's window, 1 to 8: 2; 1 is no pool
 * @param batchNorm whether its maps are normalized: true
 */
public record ConvolutionSpec(Integer channels, Integer kernel, Integer pool, Boolean batchNorm) {
  private static final int MOST_CHANNELS = 1024;
  private static final int LARGEST_KERNEL = 15;
  private static final int LARGEST_POOL = 8;

  public ConvolutionSpec {
    kernel = Require.orElse(kernel, 3);
    pool = Require.orElse(pool, 2);
    batchNorm = Require.orElse(batchNorm, true);
  }

  void require(String path) {
    Require.between(
        path + ".channels", 1, MOST_CHANNELS, Require.present(path + ".channels", channels));
    Require.between(path + ".kernel", 1, LARGEST_KERNEL, kernel);
    if (kernel % 2 == 0) {
      throw new InvalidFieldException(path + ".kernel", "should be odd: was " + kernel);
    }
    Require.between(path + ".pool", 1, LARGEST_POOL, pool);
  }
}
