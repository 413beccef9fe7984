/** Who computes when: a bounded number at a time, the others in a bounded queue. */
package dev.bridle.inference.queue;
