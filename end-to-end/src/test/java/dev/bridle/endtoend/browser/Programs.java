package dev.bridle.endtoend.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The programs that these tests need. Without them they fail: they are never skipped. */
final class Programs {
  private Programs() {}

  static Path chromium() {
    return found("chromium");
  }

  static Path driver() {
    return found("chromedriver");
  }

  static Path found(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    program
                        + " should be on the PATH, for -Pbrowser looks at the pages in a real"
                        + " browser: on Debian, apt-get install chromium chromium-driver"));
  }
}
