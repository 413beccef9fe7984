package dev.bridle.benchmarks;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.bridle.benchmarks";

  @Test
  void noBenchmarkKnowsAnother() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("report")
        .definedBy(ROOT + ".report")
        .layer("bed")
        .definedBy(ROOT + ".bed")
        .layer("bare")
        .definedBy(ROOT + ".bare")
        .layer("latency")
        .definedBy(ROOT + ".latency")
        .layer("throughput")
        .definedBy(ROOT + ".throughput")
        .layer("live runs")
        .definedBy(ROOT + ".liveruns")
        .layer("rules")
        .definedBy(ROOT + ".rules..")
        .layer("dropout")
        .definedBy(ROOT + ".dropout")
        .layer("training")
        .definedBy(ROOT + ".training")
        .layer("command")
        .definedBy(ROOT)
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers(
            "latency", "throughput", "live runs", "rules", "dropout", "training")
        .whereLayer("bed")
        .mayOnlyBeAccessedByLayers("bare", "latency", "throughput", "live runs", "training")
        .whereLayer("bare")
        .mayOnlyBeAccessedByLayers("latency", "throughput")
        .whereLayer("latency")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("throughput")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("live runs")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("dropout")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("training")
        .mayOnlyBeAccessedByLayers("command")
        .whereLayer("rules")
        .mayOnlyBeAccessedByLayers("command")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT));
  }
}
