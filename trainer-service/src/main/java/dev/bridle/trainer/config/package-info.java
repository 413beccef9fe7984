/** The service's settings, and what it consists of. */
package dev.bridle.trainer.config;
