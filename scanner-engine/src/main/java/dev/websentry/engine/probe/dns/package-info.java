/** Determines which DNS queries the checks need, by evaluating the rules of the checks, and sends them. */
@NullMarked
package dev.websentry.engine.probe.dns;

import org.jspecify.annotations.NullMarked;
