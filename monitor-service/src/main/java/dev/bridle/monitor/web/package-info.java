/**
 * Runs as people see them: REST, server-sent events, and the page at {@code /}. Everything is
 * answered from what {@link dev.bridle.monitor.web.projection} folds from the topics: summaries in
 * memory, and histories on disk.
 */
package dev.bridle.monitor.web;
