/** What runs predict: each kind of task with its loss, its quality and its part of the graph. */
package dev.bridle.trainer.head;
