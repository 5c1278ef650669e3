/** The checks of the category server. */
@NullMarked
package dev.websentry.engine.check.server;

import org.jspecify.annotations.NullMarked;
