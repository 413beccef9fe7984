package dev.bridle.inference.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A share of request ids that an id alone decides about, so that every instance, and whoever reads
 * the events, decides the same: the first 53 bits of the SHA-256 of its UTF-8, as a binary fraction
 * in [0, 1), are below the rate. A greater rate takes all that a smaller one takes.
 *
 * @param rate from 0 for none to 1 for all
 */
record SampleRate(double rate) {
  private static final int BITS = 53;

  SampleRate {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "bridle.inference.predictions.rate should be from 0 to 1: was " + rate);
    }
  }

  boolean takes(String id) {
    if (rate == 0 || rate == 1) {
      return rate == 1;
    }
    byte[] hash = sha256().digest(id.getBytes(StandardCharsets.UTF_8));
    long bits = ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS);
    return bits * 0x1p-53 < rate;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
