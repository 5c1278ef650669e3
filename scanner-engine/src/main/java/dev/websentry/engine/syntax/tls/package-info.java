/** The TLS hello as bytes: ClientHellos that this scanner sends and the server's first flight in answer, SSLv2 to TLS 1.3. Pure: bytes in, values out, bounded whatever the bytes are. */
@NullMarked
package dev.websentry.engine.syntax.tls;

import org.jspecify.annotations.NullMarked;
