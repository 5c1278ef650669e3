/** The checks of the category redirects. */
@NullMarked
package dev.websentry.engine.check.redirects;

import org.jspecify.annotations.NullMarked;
