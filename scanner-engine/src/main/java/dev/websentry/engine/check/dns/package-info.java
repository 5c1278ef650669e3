/** Checks of the category "dns": SPF, DMARC, DKIM, CAA, DNSSEC and informational checks on mail transport. */
@NullMarked
package dev.websentry.engine.check.dns;

import org.jspecify.annotations.NullMarked;
