package dev.bridle.guard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in with a key or a token, and who doesn't. */
@QuarkusTest
@QuarkusTestResource(Issuer.class)
class CallersTest {
  private static final Instant SOON = Instant.now().plusSeconds(300);

  @Test
  void withoutKeyOrTokenNothingAnswers() {
    for (String path : new String[] {"/probe", "/", "/index.html", "/nowhere", "/q/anything"}) {
      given()
          .get(path)
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", startsWith("Basic realm=\"Bridle\""));
    }
  }

  @Test
  void aKeyOpensWhatItsRoleAllowsAndNothingElse() {
    bearer(Issuer.VIEWER_KEY).get("/probe").then().statusCode(200).body(is("looker"));
    bearer(Issuer.VIEWER_KEY).post("/probe").then().statusCode(403);
    bearer(Issuer.SUBMITTER_KEY).post("/probe").then().statusCode(200).body(is("ci"));
    bearer(Issuer.SUBMITTER_KEY).get("/probe").then().statusCode(403);
    bearer(Issuer.SUBMITTER_KEY).get("/q/anything").then().statusCode(403);
  }

  @Test
  void aBrowserSendsTheKeyAsPassword() {
    basic("me:" + Issuer.VIEWER_KEY).get("/probe").then().statusCode(200).body(is("looker"));
    basic(Issuer.VIEWER_KEY + ":me").get("/probe").then().statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer bridle_0a",
        "Bearer bridle_",
        "Bearer ",
        "Bearer not.a.token",
        "Basic %%%",
        "Basic ",
        "Basic bWU6",
        "Digest username=me",
        "bridle_0a0a"
      })
  void whatIsNoKeyIsRefused(String authorization) {
    given().header("Authorization", authorization).get("/probe").then().statusCode(401);
  }

  @Test
  void anEndpointWithoutRoleAnswersNobody() {
    bearer(Issuer.VIEWER_KEY).get("/probe/forgotten").then().statusCode(403);
  }

  @Test
  void aTokenOfTheIssuerOpensByItsGroups() {
    bearer(Issuer.token(Role.VIEWER)).get("/probe").then().statusCode(200).body(is("ada"));
    bearer(Issuer.token(Role.VIEWER)).post("/probe").then().statusCode(403);
    bearer(Issuer.token("root")).get("/probe").then().statusCode(403);
  }

  @Test
  void anExpiredTokenIsRefused() {
    refused(token(Issuer.url(), "bridle", Instant.now().minusSeconds(60)));
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    refused(token("https://elsewhere.example", "bridle", SOON));
  }

  @Test
  void aTokenForAnotherApplicationIsRefused() {
    refused(token(Issuer.url(), "payroll", SOON));
  }

  @Test
  void aTokenSignedByAnotherKeyIsRefused() {
    refused(Issuer.sign(Issuer.url(), "bridle", Role.VIEWER, SOON, Issuer.keys().getPrivate()));
  }

  @Test
  void anUnsignedTokenIsRefused() {
    String body = Issuer.token(Role.VIEWER).split("\\.")[1];
    String none =
        Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
    refused(none + "." + body + ".");
  }

  private static void refused(String token) {
    bearer(token).get("/probe").then().statusCode(401);
  }

  private static String token(String issuer, String audience, Instant ends) {
    return Issuer.sign(issuer, audience, Role.VIEWER, ends, Issuer.privateKey());
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static RequestSpecification basic(String pair) {
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes());
    return given().header("Authorization", "Basic " + encoded);
  }
}
