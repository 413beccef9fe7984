package dev.bridle.monitor;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses monitor =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.bridle.monitor");

  @Test
  void packagesReachEachOtherInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("rule")
        .definedBy("..monitor.rule")
        .layer("policy")
        .definedBy("..monitor.policy")
        .layer("run")
        .definedBy("..monitor.run")
        .layer("config")
        .definedBy("..monitor.config")
        .layer("stream")
        .definedBy("..monitor.stream")
        .layer("web")
        .definedBy("..monitor.web..")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("run", "stream", "web")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("stream", "web")
        .whereLayer("stream")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("web")
        .mayNotBeAccessedByAnyLayer()
        .check(monitor);
  }
}
