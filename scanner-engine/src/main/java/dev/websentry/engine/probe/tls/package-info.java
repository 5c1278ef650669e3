/**
 * The TLS probes of a scan. They determine the versions, cipher suites and certificates of each address, with one
 * ClientHello for each connection. Connections are concurrent and limited in number and time.
 */
@NullMarked
package dev.websentry.engine.probe.tls;

import org.jspecify.annotations.NullMarked;
