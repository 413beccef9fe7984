package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.guard.EndpointRoles;
import dev.bridle.guard.Role;
import dev.bridle.guard.TestKeys;
import dev.bridle.inference.grpc.GRPCInferenceServiceGrpc;
import dev.bridle.inference.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.bridle.inference.grpc.ModelInferRequest;
import dev.bridle.inference.grpc.ModelMetadataRequest;
import dev.bridle.inference.grpc.ModelReadyRequest;
import dev.bridle.inference.grpc.RepositoryIndexRequest;
import dev.bridle.inference.grpc.RepositoryModelLoadRequest;
import dev.bridle.inference.grpc.RepositoryModelUnloadRequest;
import dev.bridle.inference.grpc.ServerLiveRequest;
import dev.bridle.inference.grpc.ServerMetadataRequest;
import dev.bridle.inference.grpc.ServerReadyRequest;
import dev.bridle.inference.protocol.AnsweringThreads;
import dev.bridle.inference.testing.Announcer;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what at an inference service that has keys, over REST and gRPC. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
@QuarkusTestResource(value = TestKeys.class, restrictToAnnotatedClass = true)
class GuardedInferenceTest {
  private static final String MODEL = "/v2/models/{model}";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Inject AnsweringThreads threads;

  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", RestAssured.port).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void everyEndpointHasItsRole() {
    assertThat(EndpointRoles.in("dev.bridle.inference"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("GET /v2", Role.VIEWER),
                Map.entry("GET /v2/health/live", EndpointRoles.EVERYONE),
                Map.entry("GET /v2/health/ready", EndpointRoles.EVERYONE),
                Map.entry("GET " + MODEL, Role.VIEWER),
                Map.entry("GET " + MODEL + "/ready", Role.VIEWER),
                Map.entry("POST " + MODEL + "/infer", Role.VIEWER),
                Map.entry("POST " + MODEL + "/evaluate", Role.VIEWER),
                Map.entry("POST " + MODEL + "/calibrate", Role.MODEL_ADMIN),
                Map.entry("POST " + MODEL + "/versions/{version}/calibrate", Role.MODEL_ADMIN),
                Map.entry("GET " + MODEL + "/versions/{version}", Role.VIEWER),
                Map.entry("GET " + MODEL + "/versions/{version}/ready", Role.VIEWER),
                Map.entry("POST " + MODEL + "/versions/{version}/infer", Role.VIEWER),
                Map.entry("POST " + MODEL + "/versions/{version}/evaluate", Role.VIEWER),
                Map.entry("POST " + MODEL + "/labels", Role.MODEL_ADMIN),
                Map.entry("POST /v2/repository/index", Role.VIEWER),
                Map.entry("POST /v2/repository/models/{model}/load", Role.MODEL_ADMIN),
                Map.entry("POST /v2/repository/models/{model}/unload", Role.MODEL_ADMIN)));
  }

  @Test
  void withoutAKeyOnlyProbesAreAnswered() {
    given().get("/v2").then().statusCode(401);
    given().body("{}").post("/v2/models/absent/infer").then().statusCode(401);
    given().post("/v2/repository/models/absent/load").then().statusCode(401);
    given().get("/v2/health/ready").then().statusCode(200);
  }

  @Test
  void aKeyDoesWhatItsRoleSaysAlone() {
    as(Role.VIEWER).get("/v2").then().statusCode(200);
    as(Role.VIEWER).body("{}").post("/v2/models/absent/infer").then().statusCode(404);
    as(Role.VIEWER).post("/v2/repository/models/absent/load").then().statusCode(403);
    as(Role.OPERATOR).post("/v2/repository/models/absent/unload").then().statusCode(403);
    assertThat(as(Role.MODEL_ADMIN).post("/v2/repository/models/absent/load").statusCode())
        .isNotIn(401, 403);
  }

  /** What an event loop answers by itself it answers to nobody else. */
  @Test
  void aQuickModelAnswersWhoMayAskAlone() {
    byte[] onnx = TestModels.mlp(2, 3, 0.5);
    ModelServer.offer("quick/1.onnx", onnx);
    try (Announcer announcer = new Announcer(bootstrapServers)) {
      announcer.announce("quick", 1, ModelServer.uri("quick/1.onnx"), onnx);
    }
    String path = "/v2/models/quick/infer";
    String body =
        "{\"id\":\"quick\",\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],\"datatype\":\"FP32\","
            + "\"data\":[1,2]}]}";
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                as(Role.VIEWER).body(body).post(path).statusCode() == 200
                    && threads.isOfAnEventLoop("quick"));
    given().body(body).post(path).then().statusCode(401);
    for (String role : List.of(Role.OPERATOR, Role.SUBMITTER, Role.MODEL_ADMIN)) {
      as(role).body(body).post(path).then().statusCode(403);
    }
  }

  /** Each call of the protocol, with the role that it asks for. */
  private static final Map<String, Consumer<GRPCInferenceServiceBlockingStub>> CALLS = calls();

  @Test
  void overGrpcNoCallIsAnsweredWithoutAKey() {
    CALLS.forEach(
        (name, call) ->
            assertThat(status(stub(), call))
                .as(name)
                .isEqualTo(
                    name.startsWith(EndpointRoles.EVERYONE)
                        ? Status.Code.OK
                        : Status.Code.UNAUTHENTICATED));
  }

  @Test
  void overGrpcAKeyDoesWhatItsRoleSaysAlone() {
    for (String role : Role.ALL) {
      CALLS.forEach(
          (name, call) -> {
            Status.Code code = status(stub(role), call);
            if (name.startsWith(EndpointRoles.EVERYONE) || name.startsWith(role + " ")) {
              assertThat(code)
                  .as(role + " calls " + name)
                  .isNotIn(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED);
            } else {
              assertThat(code).as(role + " calls " + name).isEqualTo(Status.Code.PERMISSION_DENIED);
            }
          });
    }
  }

  /** A call that is added to the protocol has to be added here. */
  @Test
  void everyCallIsTried() {
    assertThat(CALLS).hasSameSizeAs(GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods());
  }

  private static Map<String, Consumer<GRPCInferenceServiceBlockingStub>> calls() {
    Map<String, Consumer<GRPCInferenceServiceBlockingStub>> calls = new LinkedHashMap<>();
    calls.put("everyone live", stub -> stub.serverLive(ServerLiveRequest.getDefaultInstance()));
    calls.put("everyone ready", stub -> stub.serverReady(ServerReadyRequest.getDefaultInstance()));
    calls.put("viewer ready", stub -> stub.modelReady(ModelReadyRequest.getDefaultInstance()));
    calls.put(
        "viewer server", stub -> stub.serverMetadata(ServerMetadataRequest.getDefaultInstance()));
    calls.put(
        "viewer model", stub -> stub.modelMetadata(ModelMetadataRequest.getDefaultInstance()));
    calls.put("viewer infer", stub -> stub.modelInfer(ModelInferRequest.getDefaultInstance()));
    calls.put(
        "viewer index", stub -> stub.repositoryIndex(RepositoryIndexRequest.getDefaultInstance()));
    calls.put(
        "model-admin load",
        stub -> stub.repositoryModelLoad(RepositoryModelLoadRequest.getDefaultInstance()));
    calls.put(
        "model-admin unload",
        stub -> stub.repositoryModelUnload(RepositoryModelUnloadRequest.getDefaultInstance()));
    return calls;
  }

  private static Status.Code status(
      GRPCInferenceServiceBlockingStub stub, Consumer<GRPCInferenceServiceBlockingStub> call) {
    try {
      call.accept(stub);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private GRPCInferenceServiceBlockingStub stub() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel);
  }

  private GRPCInferenceServiceBlockingStub stub(String role) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + TestKeys.of(role));
    return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static RequestSpecification as(String role) {
    return given().header("Authorization", "Bearer " + TestKeys.of(role));
  }
}
