/** DMARC, RFC 9989: the grammar of its records, and the discovery of the policy that holds for a domain. */
@NullMarked
package dev.websentry.engine.syntax.dmarc;

import org.jspecify.annotations.NullMarked;
