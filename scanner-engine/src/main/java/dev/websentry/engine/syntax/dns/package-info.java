/**
 * DNS questions and answers as plain values, and the lookup interface through which rules read answers without any I/O.
 *
 * <p>A question without an answer yet yields {@link dev.websentry.engine.syntax.dns.DnsAnswer#NOT_ASKED}. Therefore the
 * same rule determines which queries to send and, later, evaluates their answers.
 */
@NullMarked
package dev.websentry.engine.syntax.dns;

import org.jspecify.annotations.NullMarked;
