package dev.bridle.monitor.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.monitor.web.projection.RunUpdate;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Server-sent events of everything that changes",
      description =
          "Events run, epoch, decision, acknowledgement, alert and model carry {run, revision,"
              + " summary} and what changed; heartbeat carries {revision}, at once and every 5 s."
              + " To miss nothing: await the first heartbeat, then fetch the state, then apply the"
              + " events whose revision is above that of the state. A client that falls behind is"
              + " disconnected, and does the same again.")
  public Multi<OutboundSseEvent> events(@Context Sse sse) {
    Multi<OutboundSseEvent> updates = runs.updates().map(update -> event(sse, update));
    Multi<OutboundSseEvent> heartbeats =
        Multi.createFrom()
            .ticks()
            .startingAfter(Duration.ofMillis(1))
            .every(HEARTBEAT)
            .onOverflow()
            .drop()
            .map(tick -> heartbeat(sse));
    // The order matters: the first heartbeat says that the updates are subscribed.
    return Multi.createBy().merging().streams(updates, heartbeats);
  }

  private OutboundSseEvent event(Sse sse, RunUpdate update) {
    return sse.newEventBuilder()
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
