/** Bridle on one machine: what runs where, started and ended together. */
package dev.bridle.localstack.stack;
