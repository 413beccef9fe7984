/** What a model is worth on rows that it was not trained on, and the card that says so. */
package dev.bridle.trainer.report;
