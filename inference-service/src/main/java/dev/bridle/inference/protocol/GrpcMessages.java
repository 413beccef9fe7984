package dev.bridle.inference.protocol;

import com.google.protobuf.UnsafeByteOperations;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.engine.TensorSpec;
import dev.bridle.inference.grpc.InferParameter;
import dev.bridle.inference.grpc.ModelInferResponse;
import dev.bridle.inference.grpc.ModelMetadataResponse;
import dev.bridle.inference.grpc.RepositoryIndexResponse;
import java.util.List;

/** The service's answers as the protocol's messages; tensors are raw bytes. */
final class GrpcMessages {
  private GrpcMessages() {}

  static ModelMetadataResponse metadata(ModelResource.Metadata metadata) {
    return ModelMetadataResponse.newBuilder()
        .setName(metadata.name())
        .addAllVersions(metadata.versions())
        .setPlatform(metadata.platform())
        .addAllInputs(metadata.inputs().stream().map(GrpcMessages::spec).toList())
        .addAllOutputs(metadata.outputs().stream().map(GrpcMessages::spec).toList())
        .build();
  }

  private static ModelMetadataResponse.TensorMetadata spec(TensorSpec spec) {
    return ModelMetadataResponse.TensorMetadata.newBuilder()
        .setName(spec.name())
        .setDatatype(spec.datatype().name())
        .addAllShape(spec.shape())
        .build();
  }

  static ModelInferResponse answer(InferAnswer answer) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(answer.model().model())
            .setModelVersion(Long.toString(answer.model().version()))
            .setId(answer.id());
    answer.parameters().forEach((key, value) -> response.putParameters(key, parameter(value)));
    answer.outputs().forEach((name, tensor) -> add(name, tensor, response));
    return response.build();
  }

  private static void add(String name, Tensor tensor, ModelInferResponse.Builder response) {
    response.addOutputs(
        ModelInferResponse.InferOutputTensor.newBuilder()
            .setName(name)
            .setDatatype(tensor.datatype().name())
            .addAllShape(tensor.shape()));
    response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(tensor.data().duplicate()));
  }

  static RepositoryIndexResponse index(List<RepositoryIndex.Entry> entries) {
    RepositoryIndexResponse.Builder response = RepositoryIndexResponse.newBuilder();
    entries.forEach(
        entry ->
            response.addModels(
                RepositoryIndexResponse.ModelIndex.newBuilder()
                    .setName(entry.name())
                    .setVersion(entry.version())
                    .setState(entry.state())
                    .setReason(entry.reason())));
    return response.build();
  }

  private static InferParameter parameter(Object value) {
    return value instanceof Long whole
        ? InferParameter.newBuilder().setInt64Param(whole).build()
        : InferParameter.newBuilder().setStringParam((String) value).build();
  }
}
