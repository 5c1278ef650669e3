/** What an operator can set, read once at start and refused in one line when it cannot be used. Knows nothing of the rest of the server. */
@NullMarked
package dev.websentry.server.settings;

import org.jspecify.annotations.NullMarked;
