package dev.bridle.benchmarks.report;

import java.lang.management.ManagementFactory;

/**
 * What a measurement was taken on.
 *
 * @param load the machine's load average when the measurement began, everything else that runs
 *     included; negative where it is unknown
 */
public record Machine(int cores, String jdk, String system, double load) {
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  @Override
  public String toString() {
    return "%d cores, JDK %s, %s, load %.1f at the start".formatted(cores, jdk, system, load);
  }
}
