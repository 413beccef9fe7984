/** What remains of finished runs for those after them to be compared with. Pure. */
package dev.bridle.monitor.finished;
