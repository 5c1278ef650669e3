/**
 * A DNS server on loopback over UDP and TCP, with signed and unsigned zones, wildcards, simulated faults and a query
 * log.
 */
@NullMarked
package dev.websentry.testsite.dns;

import org.jspecify.annotations.NullMarked;
