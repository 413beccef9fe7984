package dev.bridle.monitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class JudgeArchitectureTest {
  private final JavaClasses judge =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.bridle.monitor");

  @Test
  void decisionsArePure() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.bridle.events", "dev.bridle.monitor..")
        .check(judge);
  }

  @Test
  void packagesReachEachOtherInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("trend")
        .definedBy("..monitor.trend")
        .layer("rule")
        .definedBy("..monitor.rule")
        .layer("policy")
        .definedBy("..monitor.policy")
        .layer("run")
        .definedBy("..monitor.run")
        .layer("replay")
        .definedBy("..monitor.replay")
        .whereLayer("trend")
        .mayOnlyBeAccessedByLayers("rule")
        .whereLayer("rule")
        .mayOnlyBeAccessedByLayers("policy", "run", "replay")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("run", "replay")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("replay")
        .whereLayer("replay")
        .mayNotBeAccessedByAnyLayer()
        .check(judge);
  }
}
