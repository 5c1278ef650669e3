package dev.websentry.server.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The IP address of a client.
 *
 * @param text the address as an IP literal
 */
public record ClientAddress(String text) {
    private static final int IPV6_NETWORK_BYTES = 8;

    /**
     * Returns the key by which rate limits count this address. For IPv4 this is the address; for IPv6 it is the /64
     * network, the smallest block that a provider assigns to a customer (RFC 6177).
     */
    public String rateLimitKey() {
        try {
            // The servlet container only passes literals, so this does not query DNS.
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
