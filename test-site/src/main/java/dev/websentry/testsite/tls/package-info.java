/** TLS servers on loopback that misbehave to order, and real OpenSSL ones. */
@NullMarked
package dev.websentry.testsite.tls;

import org.jspecify.annotations.NullMarked;
