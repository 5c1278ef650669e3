package dev.websentry.engine.target;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** A CIDR range, RFC 4632 for IPv4 and RFC 4291 section 2.3 for IPv6. */
public record AddressRange(InetAddress network, int prefixLength) {
    private static final Pattern FORM = Pattern.compile("([^/]+)(/(\\d{1,3}))?");

    /**
     * Reads a range; without a prefix length it is that one address.
     *
     * @throws IllegalArgumentException when it is not a range; the message names the input
     */
    public static AddressRange parse(String text) {
        var matcher = FORM.matcher(text.strip());
        Optional<InetAddress> network = matcher.matches() ? Literal.parse(matcher.group(1)) : Optional.empty();
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

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
