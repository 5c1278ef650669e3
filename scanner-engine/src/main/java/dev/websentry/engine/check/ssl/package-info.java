/** The checks of the category ssl. */
@NullMarked
package dev.websentry.engine.check.ssl;

import org.jspecify.annotations.NullMarked;
