/** What the log needs: foreign text is escaped and bounded, and frequent events are logged once per interval. */
@NullMarked
package dev.websentry.server.log;

import org.jspecify.annotations.NullMarked;
