/** A link to loopback servers that makes them seem far away, by the clock or by counting rounds. */
@NullMarked
package dev.websentry.testsite.link;

import org.jspecify.annotations.NullMarked;
