package dev.websentry.server.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a request comes from.
 *
 * @param text the address as a literal
 */
public record ClientAddress(String text) {
    private static final int IPV6_NETWORK_BYTES = 8;

    /**
     * What limits are counted by: the address; for IPv6 its /64, which is the least that one customer is given (RFC 6177).
     */
    public String subject() {
        try {
            // The servlet container hands in literals alone, so this asks no resolver.
            byte[] bytes = InetAddress.getByName(text).getAddress();
            if (bytes.length == IPV6_NETWORK_BYTES * 2) {
                byte[] network = Arrays.copyOf(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES), bytes.length);
                return InetAddress.getByAddress(network).getHostAddress() + "/64";
            }
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return text;
        }
    }
}
