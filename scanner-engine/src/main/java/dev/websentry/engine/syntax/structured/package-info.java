/** Structured Field Values for HTTP, RFC 9651, as strict as the RFC: one error and the whole field counts as absent. */
@NullMarked
package dev.websentry.engine.syntax.structured;

import org.jspecify.annotations.NullMarked;
