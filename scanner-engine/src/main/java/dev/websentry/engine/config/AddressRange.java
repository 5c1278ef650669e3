package dev.websentry.engine.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A CIDR address range (RFC 4632 for IPv4, RFC 4291 section 2.3 for IPv6).
 *
 * @param network an address of the range; bits after the prefix are ignored
 * @param prefixLength the number of leading bits that are compared, 0 to 32 for IPv4 and 0 to 128 for IPv6
 */
public record AddressRange(InetAddress network, int prefixLength) {
    private static final Pattern FORM = Pattern.compile("([^/]+)(/(\\d{1,3}))?");

    /**
     * Parses a range in CIDR notation.
     *
     * @param text an address with an optional prefix length, such as {@code 10.0.0.0/8}; without a prefix length the
     *     range consists of that one address
     * @return the range
     * @throws IllegalArgumentException if the text is not a valid range; the message contains the input
     */
    public static AddressRange parse(String text) {
        var matcher = FORM.matcher(text.strip());
        Optional<InetAddress> network = matcher.matches() ? IpLiteralParser.parse(matcher.group(1)) : Optional.empty();
        if (network.isPresent()) {
            int bits = network.get().getAddress().length * 8;
            int prefix = matcher.group(3) == null ? bits : Integer.parseInt(matcher.group(3));
            if (prefix <= bits) {
                return new AddressRange(network.get(), prefix);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not an address range: expected CIDR such as 10.0.0.0/8 or fd00::/8");
    }

    /**
     * Returns whether the range contains an address.
     *
     * @param address an IPv4 or IPv6 address
     * @return true if the address is in the range; false if it belongs to the other IP version
     */
    public boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
