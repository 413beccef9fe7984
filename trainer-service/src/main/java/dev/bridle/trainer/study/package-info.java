/** What each technique bought: runs that differ in one thing, over the same seeds. */
package dev.bridle.trainer.study;
