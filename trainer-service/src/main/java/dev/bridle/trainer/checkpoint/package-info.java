/** The file that a run is resumed from. */
package dev.bridle.trainer.checkpoint;
