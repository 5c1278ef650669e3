/** A DNS server on loopback, UDP and TCP: zones, signed or not, wildcards, every way of failing, and a log of what was asked. */
@NullMarked
package dev.websentry.testsite.dns;

import org.jspecify.annotations.NullMarked;
