/** From data in one of several formats to seeded, stratified, standardized splits. */
package dev.bridle.trainer.data;
