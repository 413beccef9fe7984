package dev.bridle.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, with a profile of its own. */
final class Browser implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A page's size in CSS pixels. */
  enum Screen {
    DESK(1280, 900),
    PHONE(390, 844);

    private final int width;
    private final int height;

    Screen(int width, int height) {
      this.width = width;
      this.height = height;
    }

    int width() {
      return width;
    }
  }

  /** What the page is asked to look like. */
  enum Theme {
    LIGHT,
    DARK
  }

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * @throws IllegalStateException if there is no Chromium or no driver for it
   */
  static Browser start(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Programs.chromium().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
        "--user-data-dir=" + profile);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Programs.driver().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options)).resize(Screen.DESK).paint(Theme.LIGHT);
  }

  Browser resize(Screen screen) {
    resize(screen.width, screen.height, screen == Screen.PHONE);
    return this;
  }

  private void resize(int width, int height, boolean mobile) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
  }

  Browser paint(Theme theme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", theme.name().toLowerCase()),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    return this;
  }

  Browser open(URI page) {
    driver.get(page.toString());
    return this;
  }

  Browser back() {
    driver.navigate().back();
    return this;
  }

  URI address() {
    return URI.create(driver.getCurrentUrl());
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> findAll(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** What a reader sees of the first that matches; empty where there is none. */
  String text(String css) {
    String text = (String) ask("return document.querySelector(arguments[0])?.innerText ?? ''", css);
    return text.replaceAll("\\s+", " ").strip();
  }

  /** Waits until the text is to be seen there. */
  Browser awaitText(String css, String part) {
    await("'" + part + "' to be seen in " + css)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> assertThat(text(css)).as("the page says: %s", text("body")).contains(part));
    return this;
  }

  /** Brings the first that matches into sight: what is out of it isn't drawn. */
  Browser scrollTo(String css) {
    ask("document.querySelector(arguments[0]).scrollIntoView()", css);
    return this;
  }

  /** From one place across the first that matches to another, as shares of its width. */
  void drag(String css, double from, double to) {
    WebElement across = find(css);
    int width = across.getSize().width;
    new Actions(driver)
        .moveToElement(across, (int) ((from - 0.5) * width), 0)
        .clickAndHold()
        .moveByOffset((int) ((to - from) * width), 0)
        .release()
        .perform();
  }

  void doubleClick(String css) {
    new Actions(driver).doubleClick(find(css)).perform();
  }

  /** What a script in the page returns. */
  Object ask(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** What a script in the page hands to its last argument, a callback. */
  Object callback(String script) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(script);
  }

  /** What went wrong in the page since the last call, as its console says. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** How many CSS pixels the page is wider than the screen: 0 if nobody has to scroll sideways. */
  long overflow() {
    return (Long)
        ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** The page as a picture on a desk, as if the window were that high. */
  void photograph(Path png, int height) {
    resize(Screen.DESK.width, height, false);
    // Two frames to lay out and draw, and what is drawn once it is in sight.
    callback(
        "const done = arguments[0]; const frames = (left) => left === 0 ? done()"
            + " : requestAnimationFrame(() => frames(left - 1)); frames(10)");
    try {
      Files.createDirectories(png.getParent());
      Files.write(png, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      resize(Screen.DESK);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
