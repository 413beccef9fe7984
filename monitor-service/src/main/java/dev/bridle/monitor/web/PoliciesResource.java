package dev.bridle.monitor.web;

import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.wire.Topics;
import dev.bridle.guard.Role;
import dev.bridle.monitor.book.PolicyScope;
import dev.bridle.monitor.book.StandingPolicies;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.rule.InvalidPolicyException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The policies of runs that bring none. A change reaches the runs that go on within a second or so,
 * as an event among each run's epochs.
 */
@Path("/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Policies")
public class PoliciesResource {
  private final StandingPoliciesView standing;
  private final EventSender sender;

  PoliciesResource(StandingPoliciesView standing, EventSender sender) {
    this.standing = standing;
    this.sender = sender;
  }

  /**
   * A policy for many runs.
   *
   * @param origin whether it is for all runs or for those of an experiment
   * @param experiment whose runs it judges; empty for the default
   */
  public record StandingPolicy(
      PolicyOrigin origin, Optional<String> experiment, PolicySpec policy) {}

  /** The default first, then the experiments by name. */
  public record PolicyList(List<StandingPolicy> policies) {}

  @GET
  @RolesAllowed(Role.VIEWER)
  @Operation(summary = "The policies of runs that bring none: the default and the experiments' own")
  public PolicyList policies() {
    List<StandingPolicy> views = new ArrayList<>();
    views.add(defaultPolicy());
    standing
        .policies()
        .all()
        .forEach(
            (key, policy) ->
                new PolicyScope(key)
                    .experiment()
                    .ifPresent(name -> views.add(ofExperiment(name, policy))));
    return new PolicyList(views);
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("default")
  @Operation(summary = "What judges runs that nobody has a policy for")
  public StandingPolicy defaultPolicy() {
    return new StandingPolicy(
        PolicyOrigin.DEFAULT,
        Optional.empty(),
        standing.policies().of(PolicyScope.DEFAULT).orElse(Policy.defaultSpec()));
  }

  @PUT
  @RolesAllowed(Role.OPERATOR)
  @Path("default")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change the default")
  @RequestBody(content = @Content(schema = @Schema(implementation = PolicySpec.class)))
  @APIResponse(responseCode = "200", description = "The policy is on Kafka")
  @APIResponse(responseCode = "400", description = "Names the rule or setting that is wrong")
  @APIResponse(responseCode = "503", description = "Kafka does not answer")
  public Uni<StandingPolicy> changeDefault(byte[] body) {
    PolicySpec policy = legal(body);
    return write(PolicyScope.DEFAULT, StandingPolicies.written(policy))
        .replaceWith(new StandingPolicy(PolicyOrigin.DEFAULT, Optional.empty(), policy));
  }

  @DELETE
  @RolesAllowed(Role.OPERATOR)
  @Path("default")
  @Operation(summary = "Back to the monitor's own default")
  public Uni<Response> removeDefault() {
    return write(PolicyScope.DEFAULT, null).replaceWith(Response.noContent().build());
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Path("experiments/{experiment}")
  @Operation(summary = "The policy of an experiment")
  @APIResponse(responseCode = "404", description = "The experiment has none: the default judges it")
  public StandingPolicy ofExperiment(@RestPath String experiment) {
    return standing
        .policies()
        .of(PolicyScope.experiment(experiment))
        .map(policy -> ofExperiment(experiment, policy))
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound(
                        "experiment '%s' has no policy of its own: the default judges its runs"
                            .formatted(experiment))));
  }

  @PUT
  @RolesAllowed(Role.OPERATOR)
  @Path("experiments/{experiment}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change the policy of an experiment's runs")
  @RequestBody(content = @Content(schema = @Schema(implementation = PolicySpec.class)))
  @APIResponse(responseCode = "200", description = "The policy is on Kafka")
  @APIResponse(responseCode = "400", description = "Names the rule or setting that is wrong")
  @APIResponse(responseCode = "503", description = "Kafka does not answer")
  public Uni<StandingPolicy> changeExperiment(@RestPath String experiment, byte[] body) {
    PolicySpec policy = legal(body);
    return write(PolicyScope.experiment(experiment), StandingPolicies.written(policy))
        .replaceWith(ofExperiment(experiment, policy));
  }

  @DELETE
  @RolesAllowed(Role.OPERATOR)
  @Path("experiments/{experiment}")
  @Operation(summary = "Let the default judge an experiment's runs")
  public Uni<Response> removeExperiment(@RestPath String experiment) {
    return write(PolicyScope.experiment(experiment), null)
        .replaceWith(Response.noContent().build());
  }

  /** A policy that can be in force. */
  static PolicySpec legal(byte[] body) {
    return legal(StrictBody.read(PolicySpec.class, body));
  }

  static PolicySpec legal(PolicySpec policy) {
    try {
      Policy.of(policy);
      return policy;
    } catch (InvalidPolicyException e) {
      throw StrictBody.said(e.getMessage());
    }
  }

  private static StandingPolicy ofExperiment(String name, PolicySpec policy) {
    return new StandingPolicy(PolicyOrigin.EXPERIMENT, Optional.of(name), policy);
  }

  private Uni<Void> write(PolicyScope scope, byte[] policy) {
    return sender.send(
        new ProducerRecord<>(Topics.POLICIES, scope.key(), policy), "the policy was not changed");
  }
}
