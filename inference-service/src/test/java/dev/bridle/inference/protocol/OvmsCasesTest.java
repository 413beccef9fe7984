package dev.bridle.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The peer's cases of reading an infer request. Left out:
 *
 * <ul>
 *   <li>those with a binary tail or without data: the binary tensor extension isn't there;
 *   <li>those of routes, methods and whole exchanges: the service's own test makes them;
 *   <li>{@link #RAGGED}, which the peer takes and this service refuses as ragged.
 * </ul>
 */
class OvmsCasesTest {
  private static final String READER = "ovms_parser_";

  private static final Set<String> RAGGED =
      Set.of(
          "ovms_parser_parseInvalidDataNotHeterogenous",
          "ovms_parser_parseValidRequestStringInputNested");

  @TestFactory
  Stream<DynamicTest> readsAndRefusesWhatThePeerDoes() throws IOException {
    return cases().stream().map(test -> DynamicTest.dynamicTest(name(test), () -> check(test)));
  }

  @Test
  void theTableIsNotEmpty() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(35);
  }

  private static void check(JsonNode test) {
    byte[] body = body(test);
    if (test.at("/expected/http_status").asInt() == 200) {
      assertThatCode(() -> InferRequestReader.read(body)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> InferRequestReader.read(body))
          .isInstanceOfSatisfying(
              ProtocolException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
  }

  private static List<JsonNode> cases() throws IOException {
    try (InputStream file = OvmsCasesTest.class.getResourceAsStream("/oip/ovms_cases.json")) {
      return StreamSupport.stream(
              new ObjectMapper().readTree(file).get("cases").spliterator(), false)
          .filter(test -> name(test).startsWith(READER))
          .filter(test -> !RAGGED.contains(name(test)))
          .filter(test -> !isOfTheBinaryExtension(test))
          .toList();
    }
  }

  private static boolean isOfTheBinaryExtension(JsonNode test) {
    return test.at("/expected/http_status").asInt() == 200
        && StreamSupport.stream(test.at("/request/body/inputs").spliterator(), false)
            .anyMatch(input -> !input.has("data"));
  }

  private static byte[] body(JsonNode test) {
    JsonNode body = test.at("/request/body");
    String text = body.isNull() ? test.at("/request/body_raw").asText() : body.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String name(JsonNode test) {
    return test.get("name").asText();
  }
}
