/** A run from its submission to its end, before someone's eyes. */
package dev.bridle.localstack.follow;
