/** What a container image is made of. */
package dev.bridle.localstack.image;
