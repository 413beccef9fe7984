package dev.bridle.localstack.backup;

/** A backup that can't be taken, or not be restored; the message says why. */
public final class BackupException extends RuntimeException {
  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
