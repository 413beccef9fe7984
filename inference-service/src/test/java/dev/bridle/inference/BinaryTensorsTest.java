package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors of every datatype, in JSON and as bytes, and the repository's calls. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
class BinaryTensorsTest {
  private static final String LENGTH = "Inference-Header-Content-Length";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  /** ONNX Runtime's Java API can read them, and can't make them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UINT16 | feff0100 | [65534,1]",
        "UINT32 | feffffff01000000 | [4294967294,1]",
        "UINT64 | feffffffffffffff0100000000000000 | [18446744073709551614,1]",
      })
  void greaterUnsignedNumbersAreAnswered(DataType type, String hex, String json) {
    String model = "cast-" + type.name().toLowerCase(Locale.ROOT);
    ServedModels.serve(bootstrapServers, model, TestModels.cast(type));
    String request =
        "{\"inputs\":[{\"name\":\"b\",\"shape\":[2],\"datatype\":\"INT64\",\"data\":[-2,1]}]%s}";
    Response binary =
        post(
            model, request.formatted(",\"parameters\":{\"binary_data_output\":true}"), new byte[0]);
    assertThat(tail(binary)).isEqualTo(HexFormat.of().parseHex(hex));
    given()
        .body(request.formatted("").getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/" + model + "/infer")
        .then()
        .statusCode(200)
        .body("outputs[0].datatype", equalTo(type.name()))
        .body(containsString("\"data\":" + json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL | BOOL | 0100 | [true,false]",
        "UINT8 | UINT8 | ff01 | [255,1]",
        "INT8 | INT8 | ff01 | [-1,1]",
        "INT16 | INT16 | feff0100 | [-2,1]",
        "INT32 | INT32 | feffffff01000000 | [-2,1]",
        "INT64 | INT64 | feffffffffffffff0100000000000000 | [-2,1]",
        "FLOAT16 | FP16 | 003c00c0 |",
        "FLOAT | FP32 | 0000803f000000c0 | [1.0,-2.0]",
        "DOUBLE | FP64 | 000000000000f03f00000000000000c0 | [1.0,-2.0]",
        "STRING | BYTES | 02000000686903000000e282ac | [\"hi\",\"\u20ac\"]",
      })
  void everyDatatypeGoesAndComesAsBytesAndAsJson(
      DataType type, String datatype, String hex, String json) {
    String model = "echo-" + datatype.toLowerCase(Locale.ROOT);
    ServedModels.serve(bootstrapServers, model, TestModels.identity(type, 2));
    byte[] bytes = HexFormat.of().parseHex(hex);
    String header =
        "{\"inputs\":[{\"name\":\"b\",\"shape\":[2],\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%d}}]%s}";
    String binary = ",\"parameters\":{\"binary_data_output\":true}";
    Response answer = post(model, header.formatted(datatype, bytes.length, binary), bytes);
    answer.then().statusCode(200).header(LENGTH, String.valueOf(jsonLength(answer)));
    assertThat(tail(answer)).isEqualTo(bytes);
    Response inJson = post(model, header.formatted(datatype, bytes.length, ""), bytes);
    if (json == null) {
      inJson.then().statusCode(400).body("error", containsString("FP16"));
    } else {
      assertThat(inJson.then().statusCode(200).extract().asString()).contains("\"data\":" + json);
      given()
          .body(
              "{\"inputs\":[{\"name\":\"b\",\"shape\":[2],\"datatype\":\"%s\",\"data\":%s}]}"
                  .formatted(datatype, json)
                  .getBytes(StandardCharsets.UTF_8))
          .post("/v2/models/" + model + "/infer")
          .then()
          .statusCode(200);
    }
  }

  @Test
  void aLengthOfZeroIsOneRawInput() {
    ServedModels.serve(bootstrapServers, "raw", TestModels.identity(DataType.FLOAT, -1, 2));
    byte[] bytes = HexFormat.of().parseHex("0000803f000000c0");
    Response answer = given().header(LENGTH, 0).body(bytes).post("/v2/models/raw/infer");
    answer.then().statusCode(200);
    assertThat(tail(answer)).isEqualTo(bytes);
    given()
        .header(LENGTH, 0)
        .body(Arrays.copyOf(bytes, 7))
        .post("/v2/models/raw/infer")
        .then()
        .statusCode(400)
        .body("$", aMapWithSize(1));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4",
    "9, 8",
    "-1, 8",
    "9223372036854775807, 8",
    "true, 8",
    "'\"8\"', 8",
    "7, 7",
    "8, 9",
  })
  void aWrongLengthIsRefusedAndTheServerLivesOn(String size, int given) {
    ServedModels.serve(bootstrapServers, "raw", TestModels.identity(DataType.FLOAT, -1, 2));
    String header =
        "{\"inputs\":[{\"name\":\"b\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":%s}}]}";
    post("raw", header.formatted(size), new byte[given])
        .then()
        .statusCode(400)
        .body("$", aMapWithSize(1));
    post("raw", header.formatted("8"), new byte[8]).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({"-1", "many", "100000", "99999999999999999999", "3"})
  void aWrongHeaderIsRefused(String length) {
    ServedModels.serve(bootstrapServers, "raw", TestModels.identity(DataType.FLOAT, -1, 2));
    given()
        .header(LENGTH, length)
        .body("{\"inputs\":[]}".getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/raw/infer")
        .then()
        .statusCode(400)
        .body("$", aMapWithSize(1));
  }

  @ParameterizedTest
  @CsvSource({"ffffffff00000000", "0100", "05000000616263", "02000000fffe"})
  void wrongTextsAreRefused(String hex) {
    ServedModels.serve(bootstrapServers, "texts", TestModels.identity(DataType.STRING, -1));
    byte[] bytes = HexFormat.of().parseHex(hex);
    String header =
        "{\"inputs\":[{\"name\":\"b\",\"shape\":[1],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":%d}}]}";
    post("texts", header.formatted(bytes.length), bytes)
        .then()
        .statusCode(400)
        .body("$", aMapWithSize(1));
  }

  @Test
  void aModelIsUnloadedAndLoadedAgain() {
    ServedModels.serve(bootstrapServers, "gone", TestModels.identity(DataType.FLOAT, -1, 2));
    given().post("/v2/repository/index").then().statusCode(200).body("name", hasItem("gone"));
    given().post("/v2/repository/models/gone/unload").then().statusCode(200);
    when().get("/v2/models/gone").then().statusCode(404).body("$", aMapWithSize(1));
    given()
        .post("/v2/repository/index")
        .then()
        .body("find { it.name == 'gone' }.state", equalTo("UNAVAILABLE"));
    assertThat(
            given()
                .body("{\"ready\":true}")
                .post("/v2/repository/index")
                .jsonPath()
                .<String>getList("name"))
        .doesNotContain("gone");
    given().body("{}").post("/v2/repository/models/gone/load").then().statusCode(200);
    when().get("/v2/models/gone").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({"none", "..%2F..%2Fetc", "%20", "..", ".hidden", "a%00b", "a%5Cb"})
  void aNameThatIsNoModelsIsRefused(String name) {
    for (String call : List.of("load", "unload")) {
      int status =
          given()
              .urlEncodingEnabled(false)
              .post("/v2/repository/models/" + name + "/" + call)
              .statusCode();
      assertThat(status).as(call).isBetween(400, 499);
    }
    when().get("/v2/health/live").then().statusCode(200);
  }

  private static Response post(String model, String header, byte[] tail) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json);
    body.writeBytes(tail);
    return given()
        .header(LENGTH, json.length)
        .body(body.toByteArray())
        .post("/v2/models/" + model + "/infer");
  }

  private static int jsonLength(Response answer) {
    return new String(answer.asByteArray(), StandardCharsets.ISO_8859_1).lastIndexOf("]}") + 2;
  }

  private static byte[] tail(Response answer) {
    byte[] body = answer.asByteArray();
    return Arrays.copyOfRange(body, Integer.parseInt(answer.header(LENGTH)), body.length);
  }
}
