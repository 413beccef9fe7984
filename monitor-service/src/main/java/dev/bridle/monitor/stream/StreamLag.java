package dev.bridle.monitor.stream;

import dev.bridle.events.wire.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How far the topology is behind, by topic: what Kafka's own consumers say of themselves. */
@ApplicationScoped
class StreamLag {
  private static final String GROUP = "consumer-fetch-manager-metrics";
  private static final String LAG = "records-lag";

  private final KafkaStreams streams;

  StreamLag(KafkaStreams streams) {
    this.streams = streams;
  }

  void register(@Observes StartupEvent event, MeterRegistry registry) {
    for (String topic : List.of(Topics.METRICS, Topics.SIGNALS, Topics.ACKNOWLEDGEMENTS)) {
      Gauge.builder("bridle.monitor.lag", this, it -> it.of(topic))
          .description("Records of this instance's partitions that the topology has yet to read.")
          .baseUnit("records")
          .tag("topic", topic)
          .register(registry);
    }
  }

  private double of(String topic) {
    return streams.metrics().entrySet().stream()
        .filter(metric -> isLagOf(topic, metric.getKey()))
        .map(metric -> (Metric) metric.getValue())
        .map(Metric::metricValue)
        .mapToDouble(value -> value instanceof Double lag && !lag.isNaN() ? lag : 0)
        .sum();
  }

  private static boolean isLagOf(String topic, MetricName name) {
    return name.group().equals(GROUP)
        && name.name().equals(LAG)
        && topic.equals(name.tags().get("topic"));
  }
}
