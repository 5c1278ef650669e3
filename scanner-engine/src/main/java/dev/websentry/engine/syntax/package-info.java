/**
 * Parsers for the formats of the web, such as header fields, DNS records and certificates. All are pure functions that
 * return a value or a precise description of the error. This package does not depend on scans.
 */
@NullMarked
package dev.websentry.engine.syntax;

import org.jspecify.annotations.NullMarked;
