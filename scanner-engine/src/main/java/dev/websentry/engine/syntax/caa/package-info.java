/** Parses CAA records and finds those that apply to a host (Certification Authority Authorization, RFC 8659). */
@NullMarked
package dev.websentry.engine.syntax.caa;

import org.jspecify.annotations.NullMarked;
