/** Techniques of regularization: one file each, one line each in the catalog, all combinable. */
package dev.bridle.trainer.regularization;
