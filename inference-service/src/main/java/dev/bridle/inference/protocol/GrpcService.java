package dev.bridle.inference.protocol;

import dev.bridle.inference.grpc.GRPCInferenceServiceGrpc;
import dev.bridle.inference.grpc.ModelInferRequest;
import dev.bridle.inference.grpc.ModelInferResponse;
import dev.bridle.inference.grpc.ModelMetadataRequest;
import dev.bridle.inference.grpc.ModelMetadataResponse;
import dev.bridle.inference.grpc.ModelReadyRequest;
import dev.bridle.inference.grpc.ModelReadyResponse;
import dev.bridle.inference.grpc.RepositoryIndexRequest;
import dev.bridle.inference.grpc.RepositoryIndexResponse;
import dev.bridle.inference.grpc.RepositoryModelLoadRequest;
import dev.bridle.inference.grpc.RepositoryModelLoadResponse;
import dev.bridle.inference.grpc.RepositoryModelUnloadRequest;
import dev.bridle.inference.grpc.RepositoryModelUnloadResponse;
import dev.bridle.inference.grpc.ServerLiveRequest;
import dev.bridle.inference.grpc.ServerLiveResponse;
import dev.bridle.inference.grpc.ServerMetadataRequest;
import dev.bridle.inference.grpc.ServerMetadataResponse;
import dev.bridle.inference.grpc.ServerReadyRequest;
import dev.bridle.inference.grpc.ServerReadyResponse;
import dev.bridle.inference.repository.ModelRepository;
import dev.bridle.inference.repository.ServedModel;
import io.grpc.stub.StreamObserver;
import io.smallrye.common.annotation.Blocking;
import java.util.List;
import java.util.function.Supplier;

/** The protocol over gRPC; what it computes is what REST computes. */
@io.quarkus.grpc.GrpcService
@Blocking
public class GrpcService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
  private final ServerResource server;
  private final ModelLookup lookup;
  private final Answers answers;
  private final RepositoryIndex index;
  private final ModelRepository repository;

  GrpcService(
      ServerResource server,
      ModelLookup lookup,
      Answers answers,
      RepositoryIndex index,
      ModelRepository repository) {
    this.server = server;
    this.lookup = lookup;
    this.answers = answers;
    this.index = index;
    this.repository = repository;
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> to) {
    GrpcStatus.answer(to, () -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> to) {
    GrpcStatus.answer(to, () -> ServerReadyResponse.newBuilder().setReady(true).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> to) {
    GrpcStatus.answer(
        to,
        () -> {
          found(request.getName(), request.getVersion()).get();
          return ModelReadyResponse.newBuilder().setReady(true).build();
        });
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> to) {
    GrpcStatus.answer(
        to,
        () -> {
          ServerResource.Metadata metadata = server.metadata();
          return ServerMetadataResponse.newBuilder()
              .setName(metadata.name())
              .setVersion(metadata.version())
              .addAllExtensions(metadata.extensions())
              .build();
        });
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> to) {
    GrpcStatus.answer(
        to,
        () -> {
          ServedModel served = found(request.getName(), request.getVersion()).get();
          List<Long> versions =
              request.getVersion().isEmpty()
                  ? lookup.versions(request.getName())
                  : List.of(served.id().version());
          return GrpcMessages.metadata(ModelResource.metadata(served, versions));
        });
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
    GrpcStatus.answer(
        to,
        () ->
            GrpcMessages.answer(
                answers.answer(
                    found(request.getModelName(), request.getModelVersion()),
                    model -> GrpcRequest.read(request))));
  }

  @Override
  public void repositoryIndex(
      RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> to) {
    GrpcStatus.answer(
        to, () -> GrpcMessages.index(request.getReady() ? index.ready() : index.entries()));
  }

  @Override
  public void repositoryModelLoad(
      RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> to) {
    GrpcStatus.answer(
        to,
        () -> {
          repository.load(request.getModelName());
          return RepositoryModelLoadResponse.getDefaultInstance();
        });
  }

  @Override
  public void repositoryModelUnload(
      RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> to) {
    GrpcStatus.answer(
        to,
        () -> {
          repository.unload(request.getModelName());
          return RepositoryModelUnloadResponse.getDefaultInstance();
        });
  }

  private Supplier<ServedModel> found(String model, String version) {
    return () -> version.isEmpty() ? lookup.newest(model) : lookup.version(model, version);
  }
}
