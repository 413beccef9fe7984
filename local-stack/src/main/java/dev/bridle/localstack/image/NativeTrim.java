package dev.bridle.localstack.image;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the native libraries of other systems out of jars: {@code NativeTrim FOLDER}. What is left
 * is Linux with glibc on this machine's processor. A jar without any library of it stays as it is.
 */
public final class NativeTrim {
  private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)");
  private static final Set<String> X86_64 = Set.of("x86_64", "amd64", "x64", "linux64.so");
  private static final Set<String> AARCH64 = Set.of("aarch64", "aarch64.so");

  private NativeTrim() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: NativeTrim FOLDER");
      System.exit(2);
    }
    Set<String> processor = System.getProperty("os.arch").equals("aarch64") ? AARCH64 : X86_64;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        trim(jar, processor);
      }
    }
  }

  static void trim(Path jar, Set<String> processor) throws IOException {
    try (FileSystem content = FileSystems.newFileSystem(jar)) {
      List<Path> libraries = libraries(content);
      if (libraries.stream().noneMatch(library -> fits(library, processor))) {
        return;
      }
      for (Path library : libraries) {
        if (!fits(library, processor)) {
          Files.delete(library);
        }
      }
    }
  }

  private static List<Path> libraries(FileSystem content) throws IOException {
    try (Stream<Path> entries = Files.walk(content.getPath("/"))) {
      return entries
          .filter(entry -> LIBRARY.matcher(entry.toString()).matches())
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  /** By the words of its path, such as linux-x64, Linux/x86_64 or librocksdbjni-linux64.so. */
  private static boolean fits(Path library, Set<String> processor) {
    List<String> words = List.of(library.toString().toLowerCase(Locale.ROOT).split("[/-]"));
    boolean linux = words.contains("linux") || words.contains("linux64.so");
    return linux
        && !words.contains("musl")
        && !words.contains("android")
        && words.stream().anyMatch(processor::contains);
  }
}
