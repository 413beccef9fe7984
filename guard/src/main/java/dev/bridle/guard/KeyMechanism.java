package dev.bridle.guard;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Knows callers by their API key; what isn't one is left to the mechanism for bearer tokens. */
@Singleton
class KeyMechanism implements HttpAuthenticationMechanism {
  /** The name of whoever calls a service that is open. */
  static final String ANYONE = "anyone";

  /** A browser asks for the key at this; programs read it as any other refusal. */
  private static final ChallengeData CHALLENGE =
      new ChallengeData(
          401, HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Bridle\", charset=\"UTF-8\"");

  private static final SecurityIdentity ANYBODY = identity(ANYONE, Role.ALL);

  private final Guard guard;

  KeyMechanism(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    if (guard.posture().isOpen()) {
      return Uni.createFrom().item(ANYBODY);
    }
    Optional<String> presented = Credential.of(context.request().getHeader("Authorization"));
    if (presented.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    return guard
        .keys()
        .opening(presented.get())
        .map(key -> Uni.createFrom().item(identity(key.name(), key.roles())))
        .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(CHALLENGE);
  }

  /** Before the bearer tokens' own mechanism, which would take a key for a broken token. */
  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY + 1000;
  }

  private static SecurityIdentity identity(String name, Set<String> roles) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(name))
        .addRoles(roles)
        .build();
  }
}
