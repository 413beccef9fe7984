/** Settings, documented, with their defaults. */
package dev.bridle.monitor.config;
