/** Everything that a Kafka cluster holds as files, and back into an empty one. */
package dev.bridle.localstack.backup;
