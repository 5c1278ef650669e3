/** Parses Structured Field Values for HTTP (RFC 9651); as the RFC requires, a field with any error counts as absent. */
@NullMarked
package dev.websentry.engine.syntax.structured;

import org.jspecify.annotations.NullMarked;
