/** The way from the console to the other services, so that a page asks its own origin alone. */
package dev.bridle.monitor.web.proxy;
