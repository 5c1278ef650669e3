package dev.websentry.engine.syntax;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/** Distinguishes IP address literals from host names; the host of a URL can be either. */
public final class IpLiterals {
    /**
     * Text of digits and dots only is never a host name because no top-level domain is numeric, and neither is text
     * with a colon.
     */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final Pattern FINAL_DOT = Pattern.compile("\\.$");
    private static final int IPV4_OCTETS = 4;

    private IpLiterals() {}

    /**
     * Returns whether the host is an IP address literal.
     *
     * @param host host of a URL; an IPv6 literal without brackets
     * @return true for an IPv4 or IPv6 literal
     */
    public static boolean isIpLiteral(String host) {
        return LITERAL.matcher(host).matches();
    }

    /**
     * Parses an IP address literal. {@link InetAddress#getByName} would look up one such as {@code 256.1.1.1} as a host
     * name, with the resolver of the operating system and without a deadline.
     *
     * @param host host for which {@link #isIpLiteral} returns true
     * @return the address; empty if the numbers are too large or too many. An IPv4 address may have fewer than four
     *     numbers, the last of which fills the rest, as in browsers (WHATWG URL section 3.5). Numbers with leading
     *     zeros are not accepted: programs do not agree whether they are octal.
     */
    public static Optional<InetAddress> parse(String host) {
        try {
            if (host.indexOf(':') >= 0) {
                // Never looked up: the JDK parses it as an IPv6 address or rejects it.
                return Optional.of(InetAddress.getByName(host));
            }
            Optional<byte[]> octets =
                    ipv4(FINAL_DOT.matcher(host).replaceFirst("").split("\\.", -1));
            return octets.isPresent() ? Optional.of(InetAddress.getByAddress(octets.get())) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> ipv4(String[] numbers) {
        if (numbers.length > IPV4_OCTETS) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (!NUMBER.matcher(numbers[i]).matches()) {
                return Optional.empty();
            }
            int octets = i == numbers.length - 1 ? IPV4_OCTETS - i : 1;
            long number = Long.parseLong(numbers[i]);
            if (number >= 1L << (8 * octets)) {
                return Optional.empty();
            }
            address = (address << (8 * octets)) | number;
        }
        return Optional.of(
                ByteBuffer.allocate(IPV4_OCTETS).putInt((int) address).array());
    }
}
