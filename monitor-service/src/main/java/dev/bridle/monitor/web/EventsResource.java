package dev.bridle.monitor.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.guard.Role;
import dev.bridle.monitor.web.projection.RunUpdate;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;

/** Everything that changes, while it changes. */
@Path("/v1/events")
@Tag(name = "Runs")
public class EventsResource {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final LiveRuns runs;
  private final ObjectMapper json;

  EventsResource(LiveRuns runs, ObjectMapper json) {
    this.runs = runs;
    this.json = json;
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Server-sent events of everything that changes",
      description =
          "Events run, epoch, decision, acknowledgement, alert, model and forgotten carry {run,"
              + " revision, summary} and what changed; heartbeat carries {revision}, at once and"
              + " every 5 s. Whoever comes back with Last-Event-ID gets what was missed, or reset"
              + " {revision} where that is not known any more: then fetch the state."
              + " To miss nothing: await the first heartbeat, then fetch the state, then apply the"
              + " events whose revision is above that of the state. The stream of a client that"
              + " falls behind ends, and the client does the same again.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              examples = @ExampleObject(name = "an epoch", value = Examples.EVENTS)))
  public Multi<OutboundSseEvent> events(
      @Context Sse sse,
      @Parameter(
              description = "The id of the last event that arrived: what was missed comes first",
              example = "1f3a9c20-4711")
          @RestHeader("Last-Event-ID")
          String lastEventId) {
    Multi<OutboundSseEvent> updates =
        runs.updates().after(Optional.ofNullable(lastEventId)).map(update -> event(sse, update));
    Multi<OutboundSseEvent> heartbeats =
        Multi.createFrom()
            .ticks()
            .startingAfter(Duration.ofMillis(1))
            .every(HEARTBEAT)
            .onOverflow()
            .drop()
            .map(tick -> heartbeat(sse));
    // The heartbeats end with the updates, as a response does: a connection that breaks off would
    // be
    // a fault in the browser's eyes.
    OutboundSseEvent end = sse.newEventBuilder().comment("behind").build();
    // The order matters: the first heartbeat says that the updates are subscribed.
    return Multi.createBy()
        .merging()
        .streams(updates.onCompletion().continueWith(end), heartbeats)
        .select()
        .first(event -> event != end);
  }

  private OutboundSseEvent event(Sse sse, RunUpdate update) {
    return sse.newEventBuilder()
        .id(runs.updates().id(update.revision()))
        .name(update.kind().name().toLowerCase(Locale.ROOT))
        .data(text(update))
        .build();
  }

  private OutboundSseEvent heartbeat(Sse sse) {
    return sse.newEventBuilder()
        .name("heartbeat")
        .data(text(new Heartbeat(runs.revision())))
        .build();
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that has no JSON: " + value, e);
    }
  }

  /** The stream is alive, and the projection stands at this revision. */
  record Heartbeat(long revision) {}
}
