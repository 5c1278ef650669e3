/**
 * DNS client and DNSSEC validation. Queries are sent over UDP with EDNS and repeated over TCP if the response is
 * truncated. A failed query is retried once on the next server, and each question is sent only once per scan.
 */
@NullMarked
package dev.websentry.engine.net.dns;

import org.jspecify.annotations.NullMarked;
