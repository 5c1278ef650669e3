/** The checks of the Cookie Security category. */
@NullMarked
package dev.websentry.engine.check.cookies;

import org.jspecify.annotations.NullMarked;
