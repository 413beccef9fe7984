package dev.bridle.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.bridle.inference.";

  private final JavaClasses bridle =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.bridle.inference");

  @Test
  void uncertaintyAndMasksKnowTheJdkAlone() {
    for (String room : List.of("uncertainty", "mask")) {
      classes()
          .that()
          .resideInAPackage(ROOT + room)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ROOT + room)
          .check(bridle);
    }
  }

  @Test
  void theGraphKnowsTheOnnxFormatAlone() {
    classes()
        .that()
        .resideInAPackage(ROOT + "graph")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "ai.onnx.proto..", "com.google.protobuf..", ROOT + "graph")
        .check(bridle);
  }

  @Test
  void packagesReachEachOtherInOneOrder() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("uncertainty")
        .definedBy(ROOT + "uncertainty")
        .layer("mask")
        .definedBy(ROOT + "mask")
        .layer("graph")
        .definedBy(ROOT + "graph")
        .layer("calibration")
        .definedBy(ROOT + "calibration")
        .layer("queue")
        .definedBy(ROOT + "queue")
        .layer("engine")
        .definedBy(ROOT + "engine")
        .layer("repository")
        .definedBy(ROOT + "repository")
        .layer("protocol")
        .definedBy(ROOT + "protocol")
        .layer("stream")
        .definedBy(ROOT + "stream")
        .whereLayer("protocol")
        .mayOnlyBeAccessedByLayers("stream")
        .whereLayer("stream")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("repository")
        .mayOnlyBeAccessedByLayers("protocol", "stream")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("repository", "protocol")
        .whereLayer("calibration")
        .mayOnlyBeAccessedByLayers("repository", "protocol")
        .whereLayer("queue")
        .mayOnlyBeAccessedByLayers("protocol")
        .whereLayer("mask")
        .mayOnlyBeAccessedByLayers("engine", "protocol")
        .whereLayer("graph")
        .mayOnlyBeAccessedByLayers("engine", "repository", "protocol")
        .check(bridle);
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(bridle);
  }
}
