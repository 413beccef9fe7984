package dev.bridle.trainer.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.wire.EventJson;
import dev.bridle.trainer.checkpoint.CheckpointFormat;
import dev.bridle.trainer.data.Sha256;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.train.Checkpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run's files: {@code state.json}, {@code epochs.jsonl} with an event a line, {@code
 * checkpoint.safetensors}, and its artifacts under {@code artifacts/}. Whole files are replaced
 * atomically; a last line that a kill tore is passed over.
 */
final class RunFolder {
  static final String SPEC = "spec.json";

  private static final ObjectMapper JSON = EventJson.mapper();
  private final Path folder;

  RunFolder(Path folder) {
    this.folder = folder;
  }

  boolean hasState() {
    return Files.exists(state());
  }

  RunState readState() {
    try {
      return JSON.readValue(state().toFile(), RunState.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(RunState state) {
    try {
      replace(state(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another one when what is in the folder is another. */
  String stamp() {
    try {
      return "%s %s %d %d"
          .formatted(
              folder,
              Files.getLastModifiedTime(state()),
              Files.size(state()),
              Files.exists(epochs()) ? Files.size(epochs()) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies all files as they were at one moment, whoever writes to them meanwhile: what changes a
   * run changes its state too. The checkpoint is copied before the epochs, which then reach at
   * least as far.
   */
  void copyTo(Path copy) throws IOException {
    byte[] before;
    do {
      before = Files.readAllBytes(state());
      copy(checkpoint(), copy);
      copy(epochs(), copy);
      try (Stream<Path> artifacts = Files.list(folder.resolve("artifacts"))) {
        for (Path artifact : artifacts.toList()) {
          copy(artifact, copy.resolve("artifacts"));
        }
      }
      replace(copy.resolve(state().getFileName()), before);
    } while (!Arrays.equals(before, Files.readAllBytes(state())));
  }

  RunSpec readSpec() {
    try {
      return SpecJson.read(Files.readAllBytes(artifactPath(SPEC)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(EpochCompleted epoch) {
    try {
      String line = JSON.writeValueAsString(epoch) + "\n";
      Files.writeString(epochs(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<EpochCompleted> readEpochs() {
    List<EpochCompleted> read = new ArrayList<>();
    if (!Files.exists(epochs())) {
      return read;
    }
    try (BufferedReader lines = Files.newBufferedReader(epochs(), StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        parsed(line).ifPresent(read::add);
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets those after it, and a torn line. */
  void keepEpochsUpTo(int last) {
    StringBuilder kept = new StringBuilder();
    try {
      for (EpochCompleted epoch : readEpochs()) {
        if (epoch.epoch() <= last) {
          kept.append(JSON.writeValueAsString(epoch)).append('\n');
        }
      }
      replace(epochs(), kept.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On the disk itself when this returns, and so are the epochs up to it. */
  void write(Checkpoint checkpoint, String specSha256) {
    try {
      force(epochs());
      replace(checkpoint(), CheckpointFormat.write(checkpoint, specSha256));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws UncheckedIOException if there is one that cannot be read, or one of another spec
   */
  Optional<Checkpoint> readCheckpoint(String specSha256) {
    try {
      return Files.exists(checkpoint())
          ? Optional.of(CheckpointFormat.read(Files.readAllBytes(checkpoint()), specSha256))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Artifact writeArtifact(String name, byte[] content) {
    try {
      replace(artifactPath(name), content);
      return new Artifact(name, content.length, Sha256.of(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path artifactPath(String name) {
    return folder.resolve("artifacts").resolve(name);
  }

  private Path state() {
    return folder.resolve("state.json");
  }

  private Path checkpoint() {
    return folder.resolve("checkpoint.safetensors");
  }

  private Path epochs() {
    return folder.resolve("epochs.jsonl");
  }

  private static Optional<EpochCompleted> parsed(String line) {
    try {
      return Optional.of(JSON.readValue(line, EpochCompleted.class));
    } catch (IOException torn) {
      return Optional.empty();
    }
  }

  private static void copy(Path file, Path into) throws IOException {
    if (Files.exists(file)) {
      Files.createDirectories(into);
      Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, content);
    force(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
