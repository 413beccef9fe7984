/** What the samples of one answer say together: moments and entropies, without keeping them. */
package dev.bridle.inference.uncertainty;
