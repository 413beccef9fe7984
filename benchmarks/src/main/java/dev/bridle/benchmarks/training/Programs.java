package dev.bridle.benchmarks.training;

import dev.bridle.benchmarks.bed.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What trains, as processes that print numbers, a line an epoch.
 *
 * @param project the repository's top folder
 * @param threads of each
 */
record Programs(Path project, int threads) {
  /** PyTorch from that Python. */
  List<double[]> torch(String python, Object... arguments) {
    return lines(
        List.of(python, project.resolve("benchmarks/peers/torch_training.py").toString()),
        arguments);
  }

  /** DL4J, built first where it isn't: what it consists of is downloaded for that. */
  List<double[]> dl4j(Object... arguments) {
    Path folder = project.resolve("benchmarks/peers/dl4j");
    if (Files.notExists(folder.resolve("target/dl4j.jar"))) {
      System.err.println("Building DL4J's side.");
      lines(
          List.of(
              project.resolve("mvnw").toString(),
              "-q",
              "-B",
              "-ntp",
              "-f",
              folder.resolve("pom.xml").toString(),
              "package"));
    }
    return lines(
        List.of(
            java(),
            "-cp",
            folder.resolve("target") + "/dl4j.jar:" + folder.resolve("target/lib/*"),
            "Dl4jEpochs"),
        arguments);
  }

  /** A class of this package, on the delivered trainer's jars, engine included. */
  List<double[]> bridle(Class<?> main, List<String> jvm, Object... arguments) {
    String service = project.resolve("trainer-service/target/quarkus-app").toString();
    String path =
        String.join(
            ":",
            project.resolve("benchmarks/target/benchmarks.jar").toString(),
            service + "/app/*",
            service + "/lib/main/*",
            service + "/lib/boot/*");
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(jvm);
    command.addAll(List.of("-cp", path, main.getName()));
    return lines(command, arguments);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private List<double[]> lines(List<String> program, Object... arguments) {
    List<String> command = new ArrayList<>(program);
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return Numbers.printed(command, threads);
  }
}
