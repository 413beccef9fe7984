package dev.bridle.monitor.web;

import dev.bridle.guard.Role;
import dev.bridle.monitor.policy.Action;
import dev.bridle.monitor.rule.RuleCatalog;
import dev.bridle.monitor.rule.RuleDefinition;
import dev.bridle.monitor.rule.Setting;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a policy can name. */
@Path("/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
public class RulesResource {
  /**
   * A rule's documentation.
   *
   * @param stops whether it may ask for a stop
   */
  public record RuleView(String rule, boolean stops, String description, List<Setting> settings) {
    static RuleView of(RuleDefinition<?> definition) {
      return new RuleView(
          definition.name(), definition.stops(), definition.description(), definition.settings());
    }
  }

  /**
   * Every rule.
   *
   * @param action the settings of an {@code action}, which any rule may have but stalledRun
   */
  public record RuleList(List<RuleView> rules, List<Setting> action) {}

  @GET
  @RolesAllowed(Role.VIEWER)
  @Operation(summary = "The rules that a policy can name, with their settings and defaults")
  public RuleList rules() {
    return new RuleList(RuleCatalog.rules().stream().map(RuleView::of).toList(), Action.DOCUMENTED);
  }
}
