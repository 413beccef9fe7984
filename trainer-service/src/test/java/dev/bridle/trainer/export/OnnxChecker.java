package dev.bridle.trainer.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** ONNX's own checker, with its inference of shapes, as a process: Debian's python3-onnx. */
final class OnnxChecker {
  private static final String PYTHON = "/usr/bin/python3";
  private static final int SECONDS = 60;
  private static final String CHECK =
      """
      import sys
      try:
          import onnx
      except ImportError:
          sys.exit("python3-onnx is missing: apt-get install python3-onnx")
      model = onnx.load(sys.argv[1])
      onnx.checker.check_model(model, full_check=True)
      """;

  private OnnxChecker() {}

  /** What it finds wrong; empty if nothing. */
  static String complaint(byte[] model) {
    return complaint(model, PYTHON);
  }

  /**
   * @param python the interpreter and its options
   */
  static String complaint(byte[] model, String... python) {
    Path file = null;
    try {
      file = Files.createTempFile("checked", ".onnx");
      Files.write(file, model);
      List<String> command = new ArrayList<>(List.of(python));
      command.addAll(List.of("-c", CHECK, file.toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "the checker did not end within %d s".formatted(SECONDS);
      }
      return process.exitValue() == 0 ? "" : "the checker says: " + said;
    } catch (IOException e) {
      return "python3 is missing (%s): apt-get install python3-onnx".formatted(e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      if (file != null) {
        file.toFile().delete();
      }
    }
  }
}
