/** The runs' histories on disk: read by the view, made anew from the topics at each start. */
package dev.bridle.monitor.web.history;
