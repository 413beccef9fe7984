package dev.bridle.guard;

import java.util.Set;

/**
 * What a caller may do. Roles don't contain each other: a caller has exactly those that its key or
 * token names.
 */
public final class Role {
  /** Looks at runs, policies, models and meters, and asks models: changes nothing. */
  public static final String VIEWER = "viewer";

  /** Submits runs. */
  public static final String SUBMITTER = "submitter";

  /** Stops and cancels runs, and changes policies. */
  public static final String OPERATOR = "operator";

  /** Loads and unloads models. */
  public static final String MODEL_ADMIN = "model-admin";

  public static final Set<String> ALL = Set.of(VIEWER, SUBMITTER, OPERATOR, MODEL_ADMIN);

  private Role() {}
}
