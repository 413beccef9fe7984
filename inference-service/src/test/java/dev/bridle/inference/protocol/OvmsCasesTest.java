package dev.bridle.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The peer's cases of reading an infer request; those of routes and whole exchanges are left out.
 * {@link #NOT_APPLICABLE} says which don't apply, and why.
 */
class OvmsCasesTest {
  private static final String RAGGED = "ragged data, which the peer takes and this service refuses";
  private static final String NO_DATA = "accepts a request before its data is known to be there";
  private static final String RAW = "the peer's images come as bytes without their length";

  private static final String LENIENT = "the texts' own lengths tell where each input ends";
  private static final String NO_TAIL = "the table lost the bytes behind the JSON";

  private static final Map<String, String> NOT_APPLICABLE =
      Map.ofEntries(
          Map.entry("ovms_parser_parseInvalidDataNotHeterogenous", RAGGED),
          Map.entry("ovms_parser_parseValidRequestStringInputNested", RAGGED),
          Map.entry("ovms_parser_parseValidRequestBYTES", NO_DATA),
          Map.entry("ovms_parser_parseValidRequestBYTES_noBinaryDataSizeParameter", NO_DATA),
          Map.entry("ovms_parser_parseValidRequestFP32_noData_noBinaryDataSizeParameter", NO_DATA),
          Map.entry(
              "ovms_parser_parseValidRequestFP32_noData_noBinaryDataSizeParameter_twoInputs",
              NO_DATA),
          Map.entry("ovms_parser_parseValidRequestWithNoDataButBinaryInputsParameter", NO_DATA),
          Map.entry("ovms_rest_binaryInputsBYTES_dataInInvalidFormat", RAW),
          Map.entry("ovms_rest_binaryInputsBYTES_sizeInBytesBiggerThanBuffer", RAW),
          Map.entry("ovms_rest_binaryInputsBYTES_noBinaryDataSizeParameter_twoInputs", LENIENT),
          Map.entry("ovms_rest_binaryInputsFP32", NO_TAIL),
          Map.entry("ovms_rest_binaryInputsFP32_noBinaryDataSizeParameter", NO_TAIL),
          Map.entry("ovms_rest_binaryInputsFP64", NO_TAIL),
          Map.entry("ovms_rest_binaryInputsFP64_noBinaryDataSizeParameter", NO_TAIL));

  @TestFactory
  Stream<DynamicTest> readsAndRefusesWhatThePeerDoes() throws IOException {
    return cases().stream().map(test -> DynamicTest.dynamicTest(name(test), () -> check(test)));
  }

  @Test
  void theTableIsNotEmpty() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(65);
  }

  private static void check(JsonNode test) {
    InferBody body = body(test);
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
          .filter(test -> test.get("level").asText().equals("parse"))
          .filter(test -> test.get("request").has("body") || test.get("request").has("body_raw"))
          .filter(test -> !NOT_APPLICABLE.containsKey(name(test)))
          .toList();
    }
  }

  /** The peer counts its own spelling of the JSON; a length that is off is off by as much here. */
  private static InferBody body(JsonNode test) {
    JsonNode request = test.get("request");
    JsonNode body = request.path("body");
    String text = body.isObject() ? body.toString() : request.get("body_raw").asText();
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    if (!request.has("binary_tail_hex")) {
      return new InferBody(json, BinaryTail.absent());
    }
    byte[] tail = HexFormat.of().parseHex(request.get("binary_tail_hex").asText());
    return new InferBody(json, BinaryTail.of(ByteBuffer.wrap(tail)));
  }

  private static String name(JsonNode test) {
    return test.get("name").asText();
  }
}
