package dev.bridle.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRolesTest {
  @Test
  void readsTheRole() {
    assertThat(EndpointRoles.role(method("good"))).isEqualTo(Role.VIEWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "several", "unknown"})
  void failsForAnEndpointWithoutExactlyOneRole(String name) {
    assertThatThrownBy(() -> EndpointRoles.role(method(name)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(name);
  }

  private static JavaMethod method(String name) {
    return new ClassFileImporter().importClass(Samples.class).getMethod(name);
  }

  static class Samples {
    @RolesAllowed(Role.VIEWER)
    void good() {}

    void none() {}

    @RolesAllowed({Role.VIEWER, Role.OPERATOR})
    void several() {}

    @RolesAllowed("root")
    void unknown() {}
  }
}
