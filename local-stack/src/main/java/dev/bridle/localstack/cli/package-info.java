/** The {@code bridle} command: options in, sentences and exit codes out. */
package dev.bridle.localstack.cli;
