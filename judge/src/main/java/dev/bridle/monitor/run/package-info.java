/** What is remembered of a run, and what its events make of it. Pure. */
package dev.bridle.monitor.run;
