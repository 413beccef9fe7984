package dev.bridle.localstack.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeTrimTest {
  private static final Set<String> PROCESSOR = Set.of("x86_64", "amd64", "x64", "linux64.so");

  @TempDir Path folder;

  @Test
  void theLibrariesOfOtherSystemsGoInEverySpelling() throws IOException {
    assertThat(
            trimmed(
                "some/Code.class",
                "librocksdbjni-linux64.so",
                "librocksdbjni-linux64-musl.so",
                "librocksdbjni-linux-aarch64.so",
                "librocksdbjni-win64.dll",
                "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
                "ai/onnxruntime/native/win-x64/onnxruntime.dll",
                "linux/amd64/libzstd-jni.so",
                "freebsd/amd64/libzstd-jni.so",
                "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
                "org/xerial/snappy/native/Linux/x86_64-musl/libsnappyjava.so"))
        .containsExactlyInAnyOrder(
            "some/Code.class",
            "librocksdbjni-linux64.so",
            "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
            "linux/amd64/libzstd-jni.so",
            "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so");
  }

  @Test
  void aJarThatHasNoneOfThisSystemStaysAsItIs() throws IOException {
    assertThat(trimmed("com/sun/jna/sunos/libjna.so", "com/sun/jna/Native.class"))
        .containsExactlyInAnyOrder("com/sun/jna/sunos/libjna.so", "com/sun/jna/Native.class");
  }

  private List<String> trimmed(String... entries) throws IOException {
    Path jar = folder.resolve("some.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(1);
      }
    }
    NativeTrim.trim(jar, PROCESSOR);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .filter(entry -> !entry.isDirectory())
          .<String>map(ZipEntry::getName)
          .toList();
    }
  }
}
