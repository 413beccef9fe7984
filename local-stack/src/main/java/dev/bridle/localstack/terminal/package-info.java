/** Text for people: colors where they show, blocks redrawn in place, tables, curves. */
package dev.bridle.localstack.terminal;
