/** The Sender Policy Framework, RFC 7208: the grammar of its records, and the walk over everything that a receiver may have to look up. */
@NullMarked
package dev.websentry.engine.syntax.spf;

import org.jspecify.annotations.NullMarked;
