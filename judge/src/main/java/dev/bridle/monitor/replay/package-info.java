/** What a policy would have decided about runs that are over. Pure. */
package dev.bridle.monitor.replay;
