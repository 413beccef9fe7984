package dev.bridle.monitor.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.wire.EventJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST speaks the JSON of the events: NaN as text, absent values left out. */
class JsonOfEvents {
  @Produces
  @Singleton
  ObjectMapper mapper() {
    return EventJson.mapper().copy();
  }
}
