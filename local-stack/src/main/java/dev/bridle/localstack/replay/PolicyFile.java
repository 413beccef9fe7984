package dev.bridle.localstack.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.wire.EventJson;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a policy, as a run's submission spells it. */
public final class PolicyFile {
  private PolicyFile() {}

  /**
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public static PolicySpec read(Path file) {
    try {
      return EventJson.mapper().readValue(file.toFile(), PolicySpec.class);
    } catch (JsonMappingException e) {
      String why = e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
      throw new IllegalArgumentException(file + " is no policy: " + why, e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
