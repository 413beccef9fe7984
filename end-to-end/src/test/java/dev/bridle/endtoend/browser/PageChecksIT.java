package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checks of every page find what is wrong with a page that is. */
@Tag("browser")
@ExtendWith(Console.class)
class PageChecksIT {
  private static final String SOUND = "<main><h1>Sound</h1><p>Nothing is wrong here.</p></main>";

  private final Browser browser;
  private HttpServer server;
  private String body = SOUND;

  PageChecksIT(Console console) {
    browser = console.browser();
  }

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean page = exchange.getRequestURI().getPath().equals("/");
          byte[] html =
              ("<!doctype html><html lang=en><meta charset=utf-8><title>A page</title>"
                      + "<meta name=viewport content='width=device-width'><link rel=icon href=data:,>"
                      + body)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(page ? 200 : 404, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void passASoundPage() {
    open(SOUND);
    assertThatCode(() -> PageChecks.hold(browser)).doesNotThrowAnyException();
  }

  @Test
  void findTextThatIsTooFaintInTheDark() {
    open("<style>@media (prefers-color-scheme: dark) { p { color: #ddd } }</style>" + SOUND);
    assertThatThrownBy(() -> PageChecks.hold(browser)).hasMessageContaining("color-contrast");
  }

  @Test
  void findAFieldWithoutAName() {
    open(SOUND + "<input>");
    assertThatThrownBy(() -> PageChecks.hold(browser)).hasMessageContaining("label");
  }

  @Test
  void findWhatIsWiderThanAPhone() {
    open(SOUND + "<div style='width: 500px'>wide</div>");
    assertThatThrownBy(() -> PageChecks.hold(browser)).hasMessageContaining("scroll sideways");
  }

  @Test
  void findAScriptThatFails() {
    open(SOUND + "<script>throw new Error('a broken script')</script>");
    assertThatThrownBy(() -> PageChecks.hold(browser)).hasMessageContaining("a broken script");
  }

  @Test
  void findWhatIsNotServed() {
    open(SOUND + "<img alt='a picture' src=/missing.png>");
    assertThatThrownBy(() -> PageChecks.hold(browser)).hasMessageContaining("404");
  }

  @Test
  void sayWhatToInstallWhereAProgramIsMissing() {
    assertThatThrownBy(() -> Programs.found("no-such-browser"))
        .hasMessageContaining("no-such-browser should be on the PATH")
        .hasMessageContaining("apt-get install chromium chromium-driver");
  }

  private void open(String html) {
    body = html;
    browser.open(URI.create("http://localhost:" + server.getAddress().getPort() + "/"));
  }
}
