/** Apache Kafka in one JVM: for the local stack, and for the tests of every service. */
package dev.bridle.localstack.broker;
