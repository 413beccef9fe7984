package dev.bridle.localstack;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses localStack =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.bridle.localstack");

  @Test
  void packagesReachEachOtherInThisOrderAndNeverBack() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("broker")
        .definedBy("..localstack.broker..")
        .layer("backup")
        .definedBy("..localstack.backup..")
        .layer("process")
        .definedBy("..localstack.process..")
        .layer("terminal")
        .definedBy("..localstack.terminal..")
        .layer("stack")
        .definedBy("..localstack.stack..")
        .layer("service")
        .definedBy("..localstack.service..")
        .layer("follow")
        .definedBy("..localstack.follow..")
        .layer("demo")
        .definedBy("..localstack.demo..")
        .layer("replay")
        .definedBy("..localstack.replay..")
        .layer("evaluate")
        .definedBy("..localstack.evaluate..")
        .layer("cli")
        .definedBy("..localstack.cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("backup")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("evaluate")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("replay")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("demo")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("follow")
        .mayOnlyBeAccessedByLayers("demo", "cli")
        .whereLayer("service")
        .mayOnlyBeAccessedByLayers("follow", "demo", "evaluate", "cli")
        .whereLayer("stack")
        .mayOnlyBeAccessedByLayers("demo", "cli")
        .whereLayer("terminal")
        .mayOnlyBeAccessedByLayers("follow", "demo", "evaluate", "cli")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers("stack", "follow", "demo", "cli")
        .whereLayer("broker")
        .mayOnlyBeAccessedByLayers("stack")
        .check(localStack);
  }
}
