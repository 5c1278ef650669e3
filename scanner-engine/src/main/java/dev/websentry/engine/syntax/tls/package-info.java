/**
 * Encodes TLS ClientHello messages and parses the first flight of the server, for SSLv2 to TLS 1.3. The parsers do no
 * network I/O of their own, and their memory use is bounded for any input.
 */
@NullMarked
package dev.websentry.engine.syntax.tls;

import org.jspecify.annotations.NullMarked;
