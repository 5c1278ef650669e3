/**
 * Proxy that adds network latency to connections to loopback servers, either in real time or by counting round trips.
 */
@NullMarked
package dev.websentry.testsite.latency;

import org.jspecify.annotations.NullMarked;
