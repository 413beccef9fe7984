/** What turns uncertainty into promises: intervals, sets of classes, temperatures. */
package dev.bridle.inference.calibration;
