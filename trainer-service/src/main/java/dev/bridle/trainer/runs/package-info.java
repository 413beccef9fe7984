/** The life of runs: submission, queue, phases, signals, results; REST. */
package dev.bridle.trainer.runs;
