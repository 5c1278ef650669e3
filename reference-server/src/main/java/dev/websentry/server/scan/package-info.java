/** Scans: who may start one and when it gets a place, what it was doing while it ran, how it ended, who may read it. */
@NullMarked
package dev.websentry.server.scan;

import org.jspecify.annotations.NullMarked;
