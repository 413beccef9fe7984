package dev.bridle.inference.repository;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.wire.EventJson;
import dev.bridle.inference.graph.ModelRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder {@code <model>/<version>/model.onnx}, each with a {@code model.json}. Files appear
 * whole or not at all: they are written beside their place and moved there.
 */
final class ModelStore {
  static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");
  private static final String ONNX = "model.onnx";
  private static final String PROVENANCE = "model.json";

  private final Path folder;
  private final long maxModelBytes;
  private final ObjectMapper json = EventJson.mapper();

  ModelStore(Path folder, long maxModelBytes) {
    this.folder = folder;
    this.maxModelBytes = maxModelBytes;
  }

  /** Every model version of the folder; entries of other names are passed over. */
  List<ModelVersion> versions() {
    return entries(folder, MODEL)
        .flatMap(
            model ->
                entries(model, VERSION)
                    .filter(version -> Files.isRegularFile(version.resolve(ONNX)))
                    .map(
                        version ->
                            new ModelVersion(
                                model.getFileName().toString(),
                                Long.parseLong(version.getFileName().toString()))))
        .toList();
  }

  /**
   * @throws ModelRefusedException if the file is too large, or not the one that its provenance
   *     names
   */
  byte[] read(ModelVersion version) throws IOException {
    Path file = place(version).resolve(ONNX);
    long size = Files.size(file);
    if (size > maxModelBytes) {
      throw new ModelRefusedException(
          "the model should be of at most %d bytes: was %d".formatted(maxModelBytes, size));
    }
    byte[] onnx = Files.readAllBytes(file);
    Optional<Provenance> provenance = provenance(version);
    if (provenance.isPresent() && !provenance.get().sha256().equals(Checksum.sha256(onnx))) {
      throw new ModelRefusedException(
          "sha256 should be %s as in %s: was %s"
              .formatted(provenance.get().sha256(), PROVENANCE, Checksum.sha256(onnx)));
    }
    return onnx;
  }

  /** Empty for a model that was put there by hand. */
  Optional<Provenance> provenance(ModelVersion version) throws IOException {
    try {
      return Optional.of(
          json.readValue(Files.readAllBytes(place(version).resolve(PROVENANCE)), Provenance.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Model first, provenance behind it: a crash in between leaves a model that still loads. */
  void write(ModelVersion version, byte[] onnx, Provenance provenance) throws IOException {
    Path place = Files.createDirectories(place(version));
    Files.deleteIfExists(place.resolve(PROVENANCE));
    move(onnx, place.resolve(ONNX));
    move(json.writeValueAsBytes(provenance), place.resolve(PROVENANCE));
  }

  /** A small file beside the model, whole; empty where there is none. */
  Optional<byte[]> readBeside(ModelVersion version, String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(place(version).resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Writes, or replaces, a file beside a model that is stored. */
  void writeBeside(ModelVersion version, String name, byte[] bytes) throws IOException {
    move(bytes, place(version).resolve(name));
  }

  /** Whether a model may have this name: one that is no path, and isn't blank. */
  static boolean isName(String model) {
    return MODEL.matcher(model).matches();
  }

  private Path place(ModelVersion version) {
    if (!isName(version.model())) {
      throw new ModelRefusedException(
          "model should match %s: was '%s'".formatted(MODEL, version.model()));
    }
    return folder.resolve(version.model()).resolve(Long.toString(version.version()));
  }

  private static void move(byte[] bytes, Path place) throws IOException {
    Path beside = Files.createTempFile(place.getParent(), ".", ".part");
    try {
      Files.write(beside, bytes);
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static Stream<Path> entries(Path folder, Pattern names) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> names.matcher(entry.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException("the model repository " + folder, e);
    }
  }
}
