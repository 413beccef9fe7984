package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.grpc.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor's typed contents as little-endian bytes. */
final class GrpcContents {
  private GrpcContents() {}

  static ByteBuffer bytes(String path, Datatype datatype, InferTensorContents contents) {
    int width = datatype.bytes();
    switch (datatype) {
      case BOOL -> {
        ByteBuffer data = buffer(contents.getBoolContentsCount(), width);
        contents.getBoolContentsList().forEach(value -> data.put((byte) (value ? 1 : 0)));
        return data.flip();
      }
      case UINT8 -> {
        ByteBuffer data = buffer(contents.getUintContentsCount(), width);
        contents
            .getUintContentsList()
            .forEach(value -> data.put((byte) ranged(path, value, 0, 255)));
        return data.flip();
      }
      case INT8 -> {
        ByteBuffer data = buffer(contents.getIntContentsCount(), width);
        contents
            .getIntContentsList()
            .forEach(value -> data.put((byte) ranged(path, value, Byte.MIN_VALUE, Byte.MAX_VALUE)));
        return data.flip();
      }
      case INT16 -> {
        ByteBuffer data = buffer(contents.getIntContentsCount(), width);
        contents
            .getIntContentsList()
            .forEach(
                value ->
                    data.putShort((short) ranged(path, value, Short.MIN_VALUE, Short.MAX_VALUE)));
        return data.flip();
      }
      case INT32 -> {
        ByteBuffer data = buffer(contents.getIntContentsCount(), width);
        contents.getIntContentsList().forEach(data::putInt);
        return data.flip();
      }
      case INT64 -> {
        ByteBuffer data = buffer(contents.getInt64ContentsCount(), width);
        contents.getInt64ContentsList().forEach(data::putLong);
        return data.flip();
      }
      case FP32 -> {
        ByteBuffer data = buffer(contents.getFp32ContentsCount(), width);
        contents.getFp32ContentsList().forEach(data::putFloat);
        return data.flip();
      }
      case FP64 -> {
        ByteBuffer data = buffer(contents.getFp64ContentsCount(), width);
        contents.getFp64ContentsList().forEach(data::putDouble);
        return data.flip();
      }
      case BYTES -> {
        int size =
            contents.getBytesContentsList().stream()
                .mapToInt(text -> Integer.BYTES + text.size())
                .sum();
        ByteBuffer data = buffer(size, 1);
        contents
            .getBytesContentsList()
            .forEach(text -> data.putInt(text.size()).put(text.asReadOnlyByteBuffer()));
        return data.flip();
      }
      default -> throw badRequest("%s of %s should be given as raw_input_contents", path, datatype);
    }
  }

  private static int ranged(String path, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw badRequest("%s.contents should be from %d to %d: was %d", path, least, greatest, value);
    }
    return value;
  }

  private static ByteBuffer buffer(int elements, int width) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, width)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
