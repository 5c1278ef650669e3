/** API keys as they are stored, found and proved. A key itself is kept nowhere. */
@NullMarked
package dev.websentry.server.key;

import org.jspecify.annotations.NullMarked;
