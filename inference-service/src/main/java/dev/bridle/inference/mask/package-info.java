/** How sub-networks are drawn: pure functions from a seed to Dropout's masks. */
package dev.bridle.inference.mask;
