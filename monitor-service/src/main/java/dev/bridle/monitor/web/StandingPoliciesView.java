package dev.bridle.monitor.web;

import dev.bridle.monitor.book.StandingPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** This instance's copy of the standing policies, for readers. */
@ApplicationScoped
class StandingPoliciesView {
  private final KafkaStreams streams;

  StandingPoliciesView(KafkaStreams streams) {
    this.streams = streams;
  }

  /**
   * @throws ProblemException while the copy is not there yet
   */
  StandingPolicies policies() {
    try {
      return new StandingPolicies(
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  StandingPolicies.STORE, QueryableStoreTypes.keyValueStore())));
    } catch (InvalidStateStoreException e) {
      throw new ProblemException(
          Problem.unavailable("the policies are not there yet: " + streams.state()));
    }
  }
}
