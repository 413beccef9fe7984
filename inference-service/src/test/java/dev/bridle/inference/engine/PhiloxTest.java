package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The known answers are those of the authors' Random123 library, kat_vectors, philox4x32 10. */
class PhiloxTest {
  @Test
  void givesThePublishedAnswers() {
    assertThat(words(0, 0, 0, 0, 0))
        .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertThat(words(-1, -1, -1, -1, -1))
        .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertThat(words(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822L))
        .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  private static int[] words(int c0, int c1, int c2, int c3, long key) {
    int[] words = new int[4];
    Philox.words(c0, c1, c2, c3, key, words);
    return words;
  }
}
