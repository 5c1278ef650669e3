/** Asks DNS servers: UDP with EDNS, TCP where an answer is too long, one retry on the next server, each question once in a scan; and validates answers by DNSSEC. */
@NullMarked
package dev.websentry.engine.net.dns;

import org.jspecify.annotations.NullMarked;
