package dev.bridle.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses bridle =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.bridle.events");

  @Test
  void theRecordsKnowTheJdkAndJacksonAlone() {
    classes()
        .that()
        .resideInAPackage("dev.bridle.events")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "com.fasterxml.jackson..", "dev.bridle.events")
        .check(bridle);
  }

  @Test
  void theWireKnowsNoFramework() {
    classes()
        .that()
        .resideInAPackage("dev.bridle.events.wire")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.fasterxml.jackson..",
            "io.cloudevents..",
            "org.apache.kafka..",
            "dev.bridle.events..")
        .check(bridle);
  }
}
