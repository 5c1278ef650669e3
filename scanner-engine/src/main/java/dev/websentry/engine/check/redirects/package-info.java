/** The checks of the Redirects category. */
@NullMarked
package dev.websentry.engine.check.redirects;

import org.jspecify.annotations.NullMarked;
