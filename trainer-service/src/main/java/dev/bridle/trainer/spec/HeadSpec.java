package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/**
 * One task of a run. All heads share the model's layers up to the last; each has its own outputs of
 * that one. A further kind is a record and a line here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HeadSpec.Classification.class, name = "classification"),
  @JsonSubTypes.Type(value = HeadSpec.Regression.class, name = "regression"),
  @JsonSubTypes.Type(value = HeadSpec.MultiLabel.class, name = "multiLabel")
})
public sealed interface HeadSpec {
  /** Its prefix in the metrics: the target's, unless given. */
  String name();

  /** What its loss is multiplied by, in (0, 1000]: 1. */
  Double weight();

  /** Whether rows may lack it, their cells empty, and train the other heads alone: false. */
  Boolean partial();

  /** The columns that it predicts. */
  List<String> columns();

  /** Checks it, and names what is wrong by its path. */
  default void require(String path) {
    if (columns().isEmpty()) {
      throw new InvalidFieldException(
          path + (this instanceof MultiLabel ? ".targets" : ".target"), "is required");
    }
    columns().forEach(column -> Require.text(path + ".target", 100, column));
    Require.text(path + ".name", 100, name());
    if (name().indexOf('/') >= 0) {
      throw new InvalidFieldException(
          path + ".name", "should have no slash: was '%s'".formatted(name()));
    }
    Require.above(path + ".weight", 0, 1000, weight());
    Require.between(path + ".targets (columns)", 1, 1000, columns().size());
  }

  /**
   * One class of several.
   *
   * @param target the column of its labels: required
   * @param classWeights how much rows of each class count in the loss; empty for all alike
   */
  record Classification(
      String target,
      String name,
      Double weight,
      Boolean partial,
      Optional<ClassWeights> classWeights)
      implements HeadSpec {
    public Classification {
      classWeights = Require.orElse(classWeights, Optional.empty());
      name = Require.orElse(name, target);
      weight = Require.orElse(weight, 1.0);
      partial = Require.orElse(partial, false);
    }

    @Override
    public List<String> columns() {
      return target == null ? List.of() : List.of(target);
    }
  }

  /**
   * A number.
   *
   * @param target its column: required
   */
  record Regression(String target, String name, Double weight, Boolean partial)
      implements HeadSpec {
    public Regression {
      name = Require.orElse(name, target);
      weight = Require.orElse(weight, 1.0);
      partial = Require.orElse(partial, false);
    }

    @Override
    public List<String> columns() {
      return target == null ? List.of() : List.of(target);
    }
  }

  /**
   * Labels of which a row may have none, some or all.
   *
   * @param targets a column of 0 and 1 for each label: required
   * @param name required
   */
  record MultiLabel(List<String> targets, String name, Double weight, Boolean partial)
      implements HeadSpec {
    public MultiLabel {
      targets = List.copyOf(Require.orElse(targets, List.of()));
      weight = Require.orElse(weight, 1.0);
      partial = Require.orElse(partial, false);
    }

    @Override
    public List<String> columns() {
      return targets;
    }
  }
}
