package dev.bridle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.bridle.inference.grpc.GRPCInferenceServiceGrpc;
import dev.bridle.inference.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.bridle.inference.grpc.InferParameter;
import dev.bridle.inference.grpc.InferTensorContents;
import dev.bridle.inference.grpc.ModelInferRequest;
import dev.bridle.inference.grpc.ModelInferRequest.InferInputTensor;
import dev.bridle.inference.grpc.ModelInferResponse;
import dev.bridle.inference.grpc.ModelMetadataRequest;
import dev.bridle.inference.grpc.ModelReadyRequest;
import dev.bridle.inference.grpc.RepositoryIndexRequest;
import dev.bridle.inference.grpc.RepositoryModelLoadRequest;
import dev.bridle.inference.grpc.RepositoryModelUnloadRequest;
import dev.bridle.inference.grpc.ServerLiveRequest;
import dev.bridle.inference.grpc.ServerMetadataRequest;
import dev.bridle.inference.grpc.ServerReadyRequest;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocol over gRPC, on the HTTP port, by a generated client. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
class GrpcServiceTest {
  private static final ByteString ROW =
      ByteString.copyFrom(HexFormat.of().parseHex("0000003f000080bf"));

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private ManagedChannel channel;
  private GRPCInferenceServiceBlockingStub client;

  @BeforeEach
  void connect() {
    ServedModels.serve(bootstrapServers, "wired", TestModels.mlp(2, 3, 0.5));
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", RestAssured.port).usePlaintext().build();
    client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void serverAndModelTellWhatTheyAre() {
    assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
    assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
    assertThat(
            client.serverMetadata(ServerMetadataRequest.getDefaultInstance()).getExtensionsList())
        .contains("mc_dropout", "model_repository");
    assertThat(
            client.modelReady(ModelReadyRequest.newBuilder().setName("wired").build()).getReady())
        .isTrue();
    assertThat(
            client
                .modelMetadata(ModelMetadataRequest.newBuilder().setName("wired").build())
                .getInputs(0)
                .getShapeList())
        .containsExactly(-1L, 2L);
  }

  @Test
  void rawAndTypedContentsGiveTheSameAnswer() {
    ModelInferRequest raw = request().addRawInputContents(ROW).build();
    ModelInferRequest.Builder typed = request();
    typed
        .getInputsBuilder(0)
        .setContents(InferTensorContents.newBuilder().addAllFp32Contents(List.of(0.5f, -1f)));
    ModelInferResponse answer = client.modelInfer(raw);
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 3L);
    assertThat(answer.getRawOutputContents(0).size()).isEqualTo(12);
    assertThat(client.modelInfer(typed.build()).getRawOutputContentsList())
        .isEqualTo(answer.getRawOutputContentsList());
  }

  @Test
  void parametersBringTheUncertainty() {
    ModelInferResponse answer =
        client.modelInfer(
            request()
                .addRawInputContents(ROW)
                .putParameters("mc_samples", InferParameter.newBuilder().setInt64Param(20).build())
                .putParameters("mc_seed", InferParameter.newBuilder().setInt64Param(4).build())
                .build());
    assertThat(answer.getOutputsList())
        .extracting(ModelInferResponse.InferOutputTensor::getName)
        .contains("probabilities", "probabilities.mutual_information");
    assertThat(answer.getParametersOrThrow("mc_samples_used").getInt64Param()).isEqualTo(20);
    assertThat(answer.getParametersOrThrow("mc_seed").getInt64Param()).isEqualTo(4);
  }

  @Test
  void errorsAreStatuses() {
    refused(Status.Code.NOT_FOUND, request().setModelName("none").addRawInputContents(ROW));
    refused(Status.Code.NOT_FOUND, request().setModelVersion("99").addRawInputContents(ROW));
    refused(Status.Code.INVALID_ARGUMENT, request());
    refused(Status.Code.INVALID_ARGUMENT, request().addRawInputContents(ROW.substring(0, 7)));
    refused(
        Status.Code.INVALID_ARGUMENT, request().addRawInputContents(ROW).addRawInputContents(ROW));
    ModelInferRequest.Builder both = request().addRawInputContents(ROW);
    both.getInputsBuilder(0).setContents(InferTensorContents.newBuilder().addFp32Contents(1));
    refused(Status.Code.INVALID_ARGUMENT, both);
  }

  @Test
  void theRepositoryUnloadsAndLoads() {
    client.repositoryModelUnload(
        RepositoryModelUnloadRequest.newBuilder().setModelName("wired").build());
    refused(Status.Code.NOT_FOUND, request().addRawInputContents(ROW));
    assertThat(
            client
                .repositoryIndex(RepositoryIndexRequest.newBuilder().setReady(true).build())
                .getModelsList())
        .noneMatch(model -> model.getName().equals("wired"));
    client.repositoryModelLoad(
        RepositoryModelLoadRequest.newBuilder().setModelName("wired").build());
    client.modelInfer(request().addRawInputContents(ROW).build());
  }

  private void refused(Status.Code code, ModelInferRequest.Builder request) {
    assertThatThrownBy(() -> client.modelInfer(request.build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code));
  }

  private static ModelInferRequest.Builder request() {
    return ModelInferRequest.newBuilder()
        .setModelName("wired")
        .addInputs(
            InferInputTensor.newBuilder()
                .setName("input")
                .setDatatype("FP32")
                .addAllShape(List.of(1L, 2L)));
  }
}
