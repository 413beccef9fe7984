package dev.bridle.benchmarks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.bridle.benchmarks";
  private static final String BED = ROOT + ".bed..";
  private static final String BARE = ROOT + ".bare..";

  private static final DescribedPredicate<JavaClass> SHARED =
      resideInAnyPackage(ROOT + ".report..", BED, BARE);

  /** Each knows what they share alone, of which the bare loop is built on the bed. */
  @Test
  void noBenchmarkKnowsAnother() {
    slices()
        .matching(ROOT + ".(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(not(SHARED), SHARED)
        .ignoreDependency(resideInAPackage(BARE), resideInAPackage(BED))
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT));
  }
}
