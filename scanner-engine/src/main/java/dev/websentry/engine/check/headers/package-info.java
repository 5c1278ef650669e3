/** The checks of the category headers. */
@NullMarked
package dev.websentry.engine.check.headers;

import org.jspecify.annotations.NullMarked;
