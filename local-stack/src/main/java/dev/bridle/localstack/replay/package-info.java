/** Curves from files, and what a policy makes of them, as text and as JSON. */
package dev.bridle.localstack.replay;
