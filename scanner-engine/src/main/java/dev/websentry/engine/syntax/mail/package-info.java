/**
 * Records that a domain publishes about its mail transport: MX and null MX (RFC 7505), MTA-STS (RFC 8461), TLS-RPT
 * (RFC 8460), BIMI and DANE (RFC 7672).
 */
@NullMarked
package dev.websentry.engine.syntax.mail;

import org.jspecify.annotations.NullMarked;
