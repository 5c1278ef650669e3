/** Scans: starting, queuing, running, storing, reading and sharing them. */
@NullMarked
package dev.websentry.server.scan;

import org.jspecify.annotations.NullMarked;
