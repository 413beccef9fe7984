package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import java.util.function.Function;

/**
 * A part of a run's history: events of one kind, each under a key that orders them. An entry of the
 * same key gives way to a later one.
 *
 * @param name a letter, no two chapters' the same
 * @param event what its entries are
 * @param keyOf an entry's key, unique in its run and chapter
 */
public record Chapter<E extends TrainingEvent>(
    char name, Class<E> event, Function<E, String> keyOf) {
  /** By epoch. */
  public static final Chapter<EpochCompleted> EPOCHS =
      new Chapter<>('e', EpochCompleted.class, epoch -> epochKey(epoch.epoch()));

  /** By the signal's id. */
  public static final Chapter<SignalIssued> SIGNALS =
      new Chapter<>('s', SignalIssued.class, signal -> signal.id().value());

  /** By the id of the signal that is answered. */
  public static final Chapter<SignalAcknowledged> ANSWERS =
      new Chapter<>('a', SignalAcknowledged.class, answer -> answer.signal().value());

  /** By the alert's id. */
  public static final Chapter<AlertRaised> ALERTS =
      new Chapter<>('w', AlertRaised.class, alert -> alert.id().value());

  /** By the id of the alert that ends. */
  public static final Chapter<AlertResolved> RESOLUTIONS =
      new Chapter<>('r', AlertResolved.class, resolution -> resolution.alert().value());

  /** One entry: the newest model. */
  public static final Chapter<ModelExported> MODEL =
      new Chapter<>('m', ModelExported.class, model -> "");

  /** One entry: the policy in force. */
  public static final Chapter<PolicyAdopted> POLICY =
      new Chapter<>('p', PolicyAdopted.class, policy -> "");

  /** Ten digits, so that the keys' order is the epochs'. */
  static String epochKey(int epoch) {
    String digits = Integer.toString(epoch);
    return "0".repeat(10 - digits.length()) + digits;
  }
}
