/** A consumer for each type of event, to run and to copy from. */
package dev.bridle.clients;
