package dev.bridle.events.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochReaderTest {
  private static final String TIME = "\"time\":\"2026-01-01T00:00:00Z\"}";
  private static final double[] ODD = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 5e-324, 1e300, 7
  };

  private final Random random = new Random(5);

  @Test
  void readsWhatIsWrittenBitByBit() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      EpochCompleted written = any();
      byte[] json = EventJson.mapper().writeValueAsBytes(written);

      assertThat(EpochReader.read(json)).contains(written);
      assertThat(EventJson.mapper().readValue(json, EpochCompleted.class)).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"z\":1,\"a\":2.5e-3,\"z\":3},"
            + TIME,
        "{\"later\":{\"x\":[1]},\"epoch\":2,\"run\":\"a\",\"metrics\":{\"x\":1},\"attempt\":1,"
            + TIME,
        " {\"run\":\"a\", \"attempt\":1, \"epoch\":2, \"metrics\":{\"\\u0061\":1}, " + TIME + " "
      })
  void readsAsTheBindingDoes(String json) throws Exception {
    EpochCompleted bound = EventJson.mapper().readValue(json, EpochCompleted.class);

    assertThat(EpochReader.read(json.getBytes(UTF_8))).contains(bound);
    assertThat(EpochReader.read(json.getBytes(UTF_8)).get().metrics().toString())
        .isEqualTo(bound.metrics().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[1]",
        "{}",
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":1},",
        "{\"run\":\"a\",\"run\":\"b\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":1}," + TIME,
        "{\"run\":\"A/\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":1}," + TIME,
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2.0,\"metrics\":{\"x\":1}," + TIME,
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":99999999999,\"metrics\":{\"x\":1}," + TIME,
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":\"1\"}," + TIME,
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":null}," + TIME,
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{}," + TIME,
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":1},\"time\":\"2026-01-01T24:00:00Z\"}",
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":1},\"time\":\"2026-13-01T00:00:00Z\"}",
        "{\"run\":\"a\",\"attempt\":1,\"epoch\":2,\"metrics\":{\"x\":1},\"time\":1767225600}",
      })
  void leavesTheUnusualToTheBinding(String json) {
    assertThat(EpochReader.read(json.getBytes(UTF_8))).isEmpty();
  }

  private EpochCompleted any() {
    Map<String, Double> metrics = new HashMap<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      metrics.put(
          List.of("m/", "ä", "\"").get(random.nextInt(3)) + random.nextInt(1_000), number());
    }
    String run =
        "r" + IntStream.range(0, random.nextInt(62)).mapToObj(i -> "0").reduce("", String::concat);
    Instant time =
        Instant.ofEpochSecond(
            random.nextInt(Integer.MAX_VALUE),
            List.of(0, 120_000_000, 1_000, random.nextInt(1_000_000_000)).get(random.nextInt(4)));
    return new EpochCompleted(
        new RunId(run), 1 + random.nextInt(9), 1 + random.nextInt(1_000_000), metrics, time);
  }

  private double number() {
    return random.nextInt(3) == 0
        ? ODD[random.nextInt(ODD.length)]
        : random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
  }
}
