package dev.bridle.localstack.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two starts on one home folder apart; the system releases it with the process. */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  static HomeLock of(Path home) {
    try {
      Files.createDirectories(home.resolve("run"));
      FileChannel channel =
          FileChannel.open(
              home.resolve("run").resolve("start.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return new HomeLock(channel);
        }
      } catch (OverlappingFileLockException e) {
        // another start in this very process: refused like one elsewhere
      }
      channel.close();
    } catch (IOException e) {
      throw new StackException(
          "The folder %s can't be used: %s".formatted(home, e.getMessage()), e);
    }
    throw new StackException(
        "Bridle is being started already in another terminal: wait for it, then try again.");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StackException("The start's lock can't be released: " + e.getMessage(), e);
    }
  }
}
