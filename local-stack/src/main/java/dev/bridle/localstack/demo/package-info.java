/** The demonstration: two runs followed live, and what their served models know. */
package dev.bridle.localstack.demo;
