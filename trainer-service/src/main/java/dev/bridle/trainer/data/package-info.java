/** From a CSV file to seeded, stratified, standardized splits. */
package dev.bridle.trainer.data;
