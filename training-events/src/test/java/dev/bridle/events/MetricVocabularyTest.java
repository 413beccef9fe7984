package dev.bridle.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricVocabularyTest {
  private final MetricVocabulary vocabulary = MetricVocabulary.shared();

  @Test
  void explainsEveryNameThatCodeRefersTo() throws Exception {
    for (String name : names()) {
      assertThat(vocabulary.entry(name)).as(name).isPresent();
    }
  }

  @Test
  void givesEveryMetricAUnitAndADescription() {
    assertThat(vocabulary.metrics())
        .isNotEmpty()
        .allSatisfy(
            metric -> {
              assertThat(metric.unit()).isNotBlank();
              assertThat(metric.description()).endsWith(".");
            });
    assertThat(vocabulary.metrics())
        .extracting(MetricVocabulary.Metric::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void hasAPlaceholderExactlyWhereAMetricSpeaksOfALayerOrAHead() {
    assertThat(vocabulary.metrics())
        .allSatisfy(
            metric ->
                assertThat(metric.name().contains("<"))
                    .isEqualTo(metric.scope() != MetricVocabulary.Scope.RUN));
  }

  @Test
  void letsATrainerMeasureWhatItLikes() {
    assertThat(vocabulary.entry("myOwnMetric")).isEmpty();
    assertThat(vocabulary.entry("gradientNorm/")).isEmpty();
  }

  private static List<String> names() throws ReflectiveOperationException {
    List<String> names = new ArrayList<>();
    for (Field field : MetricNames.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        names.add((String) field.get(null));
      }
    }
    for (Method method : MetricNames.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) {
        names.add((String) method.invoke(null, "some"));
      }
    }
    assertThat(names).hasSizeGreaterThan(10);
    return names;
  }
}
