/** The checks of the category dns. */
@NullMarked
package dev.websentry.engine.check.dns;

import org.jspecify.annotations.NullMarked;
