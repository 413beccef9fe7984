/** The policies that stand for many runs: how they are kept, and how they are read. */
package dev.bridle.monitor.book;
