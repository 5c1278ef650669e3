/** The checks of the Server &amp; Info Leakage category. */
@NullMarked
package dev.websentry.engine.check.server;

import org.jspecify.annotations.NullMarked;
