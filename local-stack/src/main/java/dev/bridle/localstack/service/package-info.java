/** The running services over REST. */
package dev.bridle.localstack.service;
