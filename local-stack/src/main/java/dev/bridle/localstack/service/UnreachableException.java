package dev.bridle.localstack.service;

import java.io.IOException;
import java.net.URI;

/** The service doesn't answer: it may be back soon. */
public final class UnreachableException extends ServiceException {
  UnreachableException(String service, URI address, IOException cause) {
    super(
        "The %s doesn't answer at %s: './bridle status', or 'docker compose ps', shows what runs."
            .formatted(service, address),
        cause);
  }
}
