/** A served model held against rows whose truth is known. */
package dev.bridle.localstack.evaluate;
