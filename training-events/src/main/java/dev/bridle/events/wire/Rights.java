package dev.bridle.events.wire;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a user of Kafka may do, as the checked-in {@code rights.json} states it: for each service no
 * more than it needs.
 *
 * @param user Kafka's name of it, without {@code User:}
 */
public record Rights(String user, List<Grant> may) {
  private static final String ANY_HOST = "*";
  private static final String PREFIX = "*";

  /**
   * Operations on each of the resources; a name that ends in an asterisk stands for all that begin
   * so.
   *
   * @param operations Kafka's own names; reading and writing include describing
   */
  public record Grant(
      List<AclOperation> operations,
      List<String> topics,
      List<String> groups,
      List<String> transactionalIds) {
    public Grant {
      operations = List.copyOf(operations);
      topics = Objects.requireNonNullElse(topics, List.of());
      groups = Objects.requireNonNullElse(groups, List.of());
      transactionalIds = Objects.requireNonNullElse(transactionalIds, List.of());
    }

    private Stream<ResourcePattern> resources() {
      return Stream.of(
              topics.stream().map(name -> pattern(ResourceType.TOPIC, name)),
              groups.stream().map(name -> pattern(ResourceType.GROUP, name)),
              transactionalIds.stream().map(name -> pattern(ResourceType.TRANSACTIONAL_ID, name)))
          .flatMap(patterns -> patterns);
    }

    private static ResourcePattern pattern(ResourceType type, String name) {
      return name.endsWith(PREFIX)
          ? new ResourcePattern(
              type, name.substring(0, name.length() - PREFIX.length()), PatternType.PREFIXED)
          : new ResourcePattern(type, name, PatternType.LITERAL);
    }
  }

  /** Those of every user that Bridle has. */
  public static List<Rights> all() {
    try (InputStream json = Rights.class.getResourceAsStream("rights.json")) {
      return new ObjectMapper().readValue(json, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("rights.json", e);
    }
  }

  /** The same as Kafka takes it. */
  public List<AclBinding> bindings() {
    return may.stream()
        .flatMap(
            grant ->
                grant
                    .resources()
                    .flatMap(
                        resource ->
                            grant.operations().stream()
                                .map(operation -> new AclBinding(resource, entry(operation)))))
        .toList();
  }

  private AccessControlEntry entry(AclOperation operation) {
    return new AccessControlEntry("User:" + user, ANY_HOST, operation, AclPermissionType.ALLOW);
  }
}
