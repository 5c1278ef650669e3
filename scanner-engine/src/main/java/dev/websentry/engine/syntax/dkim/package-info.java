/** Parses DKIM key records (RFC 6376) and finds them by selectors. */
@NullMarked
package dev.websentry.engine.syntax.dkim;

import org.jspecify.annotations.NullMarked;
