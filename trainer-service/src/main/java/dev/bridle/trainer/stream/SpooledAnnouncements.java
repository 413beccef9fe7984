package dev.bridle.trainer.stream;

import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.trainer.runs.Announcements;
import java.net.URI;

/** Writes what runs say into the spool. */
public final class SpooledAnnouncements implements Announcements {
  private final EventCodec codec = new EventCodec(URI.create("/bridle/trainer"));
  private final Spool spool;

  public SpooledAnnouncements(Spool spool) {
    this.spool = spool;
  }

  @Override
  public void announce(TrainingEvent event) {
    spool.append(SpooledRecord.of(codec.encode(event)));
  }
}
