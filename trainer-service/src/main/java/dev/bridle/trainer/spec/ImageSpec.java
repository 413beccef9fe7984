package dev.bridle.trainer.spec;

/**
 * That a row's features are the pixels of an image, in the order channel, row, column.
 *
 * @param channels 1 to 16: 1
 * @param height 1 to 1024, in pixels: required
 * @param width 1 to 1024, in pixels: required
 */
public record ImageSpec(Integer channels, Integer height, Integer width) {
  public ImageSpec {
    channels = Require.between("data.image.channels", 1, 16, Require.orElse(channels, 1));
    Require.between("data.image.height", 1, 1024, Require.present("data.image.height", height));
    Require.between("data.image.width", 1, 1024, Require.present("data.image.width", width));
  }

  /** Features of a row. */
  public int features() {
    return channels * height * width;
  }
}
