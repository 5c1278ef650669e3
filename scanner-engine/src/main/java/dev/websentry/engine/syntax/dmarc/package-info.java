/** Parses DMARC records (RFC 9989) and discovers the policy that applies to a domain. */
@NullMarked
package dev.websentry.engine.syntax.dmarc;

import org.jspecify.annotations.NullMarked;
