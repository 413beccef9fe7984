package dev.bridle.endtoend.browser;

import dev.bridle.endtoend.LiveStack;
import dev.bridle.events.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The real stack and one browser, shared by all test classes of a build, for both take seconds to
 * start: an extension that hands itself to tests that ask for a {@link Console}.
 */
public final class Console implements ParameterResolver {
  private final Shared shared;

  /** Called by JUnit. */
  public Console() {
    this.shared = null;
  }

  private Console(Shared shared) {
    this.shared = shared;
  }

  LiveStack stack() {
    return shared.stack;
  }

  Browser browser() {
    return shared.browser;
  }

  /** Of a page by its path and query. */
  URI page(String path) {
    return stack().processes().layout().monitor().resolve(path);
  }

  ForeignTrainer foreignTrainer() {
    return new ForeignTrainer(stack().processes().layout().bootstrapServers());
  }

  /** A run of an example, over before this returns; the same run for all who ask for it. */
  RunId finished(String example) {
    return shared.finished.computeIfAbsent(
        example,
        name -> {
          RunId run = stack().submit(LiveStack.spec(name + ".json", name));
          stack().awaitSuccess(run);
          return run;
        });
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Console.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return new Console(
        test.getRoot()
            .getStore(ExtensionContext.Namespace.create(Console.class))
            .getOrComputeIfAbsent(Shared.class, any -> Shared.start(), Shared.class));
  }

  private record Shared(Path folder, LiveStack stack, Browser browser, Map<String, RunId> finished)
      implements ExtensionContext.Store.CloseableResource {
    static Shared start() {
      try {
        Path folder = Files.createTempDirectory("bridle-browser");
        // The browser first: where there is none, nobody waits for the stack.
        Browser browser = Browser.start(folder.resolve("profile"));
        try {
          LiveStack stack = LiveStack.start(folder.resolve("home"));
          return new Shared(folder, stack, browser, new ConcurrentHashMap<>());
        } catch (RuntimeException e) {
          browser.close();
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      browser.close();
      stack.close();
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
