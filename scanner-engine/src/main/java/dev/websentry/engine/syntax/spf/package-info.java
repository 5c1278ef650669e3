/** Parses SPF records (RFC 7208) and evaluates them, with all records that a receiver may have to look up. */
@NullMarked
package dev.websentry.engine.syntax.spf;

import org.jspecify.annotations.NullMarked;
