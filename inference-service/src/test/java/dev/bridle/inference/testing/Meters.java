package dev.bridle.inference.testing;

import static io.restassured.RestAssured.when;

import java.util.stream.DoubleStream;

/** What the service says of itself at {@code /q/metrics}. */
public final class Meters {
  private Meters() {}

  /**
   * The values of the lines that begin so and have a label of each value. An exemplar, which stands
   * behind a value that a traced request has changed, is passed over.
   */
  public static DoubleStream values(String start, String... labels) {
    return when()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(start))
        .filter(
            line -> {
              for (String label : labels) {
                if (!line.contains("\"" + label + "\"")) {
                  return false;
                }
              }
              return true;
            })
        .map(line -> line.split(" # ")[0])
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))));
  }
}
