package dev.bridle.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which room may use which: each uses those before it, never those after. */
class ArchitectureTest {
  private static final String ROOT = "dev.bridle.trainer.";
  private static final List<String> ORDER =
      List.of(
          "spec",
          "data",
          "model",
          "head",
          "regularization",
          "train",
          "checkpoint",
          "export",
          "report",
          "runs",
          "queue",
          "study",
          "stream",
          "config");
  private static final JavaClasses TRAINER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.bridle.trainer");

  @Test
  void packagesReachEachOtherInTheDesignsOrder() {
    for (int i = 0; i < ORDER.size(); i++) {
      List<String> later = new ArrayList<>();
      ORDER.subList(i + 1, ORDER.size()).forEach(name -> later.add(ROOT + name + ".."));
      if (!later.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(ROOT + ORDER.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later.toArray(String[]::new))
            .check(TRAINER);
      }
    }
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(TRAINER);
  }

  @Test
  void everyClassHasARoomOfTheOrder() {
    classes()
        .should()
        .resideInAnyPackage(ORDER.stream().map(name -> ROOT + name + "..").toArray(String[]::new))
        .check(TRAINER);
  }

  @Test
  void trainingAndExportKnowNeitherKafkaNorRestNorTheContainer() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "spec..",
            ROOT + "data..",
            ROOT + "model..",
            ROOT + "head..",
            ROOT + "regularization..",
            ROOT + "train..",
            ROOT + "checkpoint..",
            ROOT + "export..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "io.quarkus..", "io.smallrye..", "jakarta..", "io.micrometer..")
        .check(TRAINER);
  }

  @Test
  void theEngineStaysInModelHeadRegularizationAndTrain() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "model..", ROOT + "head..", ROOT + "regularization..", ROOT + "train..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(TRAINER);
  }
}
