/** What the owner of a run may ask for: immutable, checked, with its defaults. */
package dev.bridle.trainer.spec;
