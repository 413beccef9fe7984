/** Which rules judge a run, and how their wishes to stop add up. Pure. */
package dev.bridle.monitor.policy;
