package dev.bridle.localstack.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How a process is started.
 *
 * @param name what people call it
 * @param command the program and its arguments
 * @param folder its working folder; made if it is missing
 * @param log file of both its outputs; the last start's is kept beside it as {@code *.previous}
 */
public record ProcessSpec(String name, List<String> command, Path folder, Path log) {
  public ProcessSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name should not be blank: was '" + name + "'");
    }
    if (command.isEmpty()) {
      throw new IllegalArgumentException("command of " + name + " should not be empty");
    }
    command = List.copyOf(command);
  }
}
