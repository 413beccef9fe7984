/** How good predictions are, once the truth is known. */
package dev.bridle.scores;
