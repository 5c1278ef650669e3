/**
 * The network layer: connections to targets, name resolution, proxies and a bounded HTTP client. It evaluates nothing.
 */
@NullMarked
package dev.websentry.engine.net;

import org.jspecify.annotations.NullMarked;
