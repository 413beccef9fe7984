package dev.bridle.guard;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which role each endpoint of a service asks for, read from its compiled resources. */
public final class EndpointRoles {
  /** What stands at an endpoint that answers without a role. */
  public static final String EVERYONE = "everyone";

  private EndpointRoles() {}

  /**
   * {@code "GET /v1/runs": "viewer"} for each endpoint in the package and below.
   *
   * @throws AssertionError for an endpoint that names no role, several, or one that there isn't
   */
  public static Map<String, String> in(String packageName) {
    Map<String, String> roles = new TreeMap<>();
    for (JavaClass resource :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packageName)) {
      for (JavaMethod method : resource.getMethods()) {
        if (method.isMetaAnnotatedWith(HttpMethod.class)) {
          roles.merge(endpoint(resource, method), role(method), EndpointRoles::same);
        }
      }
    }
    return roles;
  }

  static String role(JavaMethod method) {
    boolean forEveryone = method.isAnnotatedWith(PermitAll.class);
    if (method.isAnnotatedWith(RolesAllowed.class) == forEveryone) {
      throw new AssertionError(
          method.getFullName() + " should have one of @RolesAllowed and @PermitAll");
    }
    if (forEveryone) {
      return EVERYONE;
    }
    List<String> roles = List.of(method.getAnnotationOfType(RolesAllowed.class).value());
    if (roles.size() != 1 || !Role.ALL.containsAll(roles)) {
      throw new AssertionError(
          "%s should ask for one of %s: was %s".formatted(method.getFullName(), Role.ALL, roles));
    }
    return roles.get(0);
  }

  private static String endpoint(JavaClass resource, JavaMethod method) {
    String verb =
        method.getAnnotations().stream()
            .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
            .map(annotation -> annotation.getRawType().getSimpleName())
            .findFirst()
            .orElseThrow();
    String path = path(resource.tryGetAnnotationOfType(Path.class).map(Path::value).orElse(""));
    return verb
        + " "
        + path
        + path(method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse(""));
  }

  private static String path(String text) {
    return text.isEmpty() || text.startsWith("/") ? text : "/" + text;
  }

  /** Several methods of one endpoint, by what they produce, ask for the same. */
  private static String same(String one, String other) {
    if (!one.equals(other)) {
      throw new AssertionError("one endpoint asks for both %s and %s".formatted(one, other));
    }
    return one;
  }
}
