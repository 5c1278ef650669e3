/** The TLS questions of a scan: which versions, suites and certificates each address has, one hello a connection, all side by side and bounded. */
@NullMarked
package dev.websentry.engine.probe.tls;

import org.jspecify.annotations.NullMarked;
