/** The checks of the category cookies. */
@NullMarked
package dev.websentry.engine.check.cookies;

import org.jspecify.annotations.NullMarked;
