/**
 * Runs as people see them: REST, server-sent events, and the page at {@code /}. Everything is
 * answered from the memory that {@link dev.bridle.monitor.web.projection} folds from the topics.
 */
package dev.bridle.monitor.web;
