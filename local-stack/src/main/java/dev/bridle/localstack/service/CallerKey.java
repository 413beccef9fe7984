package dev.bridle.localstack.service;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/** With which callers show services who they are; none where these ask for none. */
public record CallerKey(Optional<String> key) {
  /** Names the variable that holds it. */
  static final String VARIABLE = "BRIDLE_KEY";

  /** The key that the environment has, if it has one. */
  public static CallerKey of(Map<String, String> environment) {
    return new CallerKey(Optional.ofNullable(environment.get(VARIABLE)).filter(k -> !k.isBlank()));
  }

  HttpRequest.Builder shown(HttpRequest.Builder request) {
    key.ifPresent(own -> request.header("Authorization", "Bearer " + own.strip()));
    return request;
  }

  /** Says nothing of it. */
  @Override
  public String toString() {
    return key.isPresent() ? "a key" : "no key";
  }
}
