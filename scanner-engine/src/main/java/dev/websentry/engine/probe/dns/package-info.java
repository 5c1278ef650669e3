/** Finds out which DNS questions the rules need, by letting the rules ask. */
@NullMarked
package dev.websentry.engine.probe.dns;

import org.jspecify.annotations.NullMarked;
