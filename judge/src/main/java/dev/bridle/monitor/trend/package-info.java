/** Where a noisy curve is going: the statistics behind rules, pure mathematics. */
package dev.bridle.monitor.trend;
