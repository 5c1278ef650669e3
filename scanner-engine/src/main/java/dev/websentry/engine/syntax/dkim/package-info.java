/** DKIM keys, RFC 6376, and where to look for them. */
@NullMarked
package dev.websentry.engine.syntax.dkim;

import org.jspecify.annotations.NullMarked;
