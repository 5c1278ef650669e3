package dev.websentry.engine.syntax.spf;

/**
 * The share of all addresses that a domain authorizes to send its mail, over all terms of its records.
 *
 * @param ipv4 the share of all IPv4 addresses, 0 to 1
 * @param ipv6 the share of all global unicast IPv6 addresses (2000::/3), 0 to 1
 */
public record SpfAuthorizedShare(double ipv4, double ipv6) {
    public SpfAuthorizedShare {
        if (!(ipv4 >= 0 && ipv4 <= 1 && ipv6 >= 0 && ipv6 <= 1)) {
            throw new IllegalArgumentException("shares of " + ipv4 + " and " + ipv6);
        }
    }
}
