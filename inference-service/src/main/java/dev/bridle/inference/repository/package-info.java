/** Which models there are: announced, fetched, verified, stored, loaded, and switched to. */
package dev.bridle.inference.repository;
