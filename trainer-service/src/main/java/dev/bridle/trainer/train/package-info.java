/** The training loop: from prepared data and a spec to the best epoch's weights. */
package dev.bridle.trainer.train;
