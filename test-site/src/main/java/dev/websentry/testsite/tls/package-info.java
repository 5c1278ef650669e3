/** TLS servers on loopback: servers with scripted misbehavior, and real OpenSSL servers. */
@NullMarked
package dev.websentry.testsite.tls;

import org.jspecify.annotations.NullMarked;
