/**
 * Rules that judge a run, each a pure fold over its epochs: no clock, no I/O, no randomness. A rule
 * is one class here and one line in the {@link dev.bridle.monitor.rule.RuleCatalog}.
 */
package dev.bridle.monitor.rule;
