/**
 * X.509 certification paths: parsing of certificates, path building and path validation (RFC 5280 section 6).
 * Everything is a pure function of certificates, trusted roots and a time; nothing here opens a connection.
 * Certificates come from untrusted servers: every operation is bounded in steps, signature verifications and key sizes.
 */
@NullMarked
package dev.websentry.engine.pki;

import org.jspecify.annotations.NullMarked;
