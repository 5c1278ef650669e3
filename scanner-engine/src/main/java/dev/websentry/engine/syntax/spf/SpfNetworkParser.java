package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the arguments of the ip4 and ip6 mechanisms (RFC 7208 section 5.6). */
final class SpfNetworkParser {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String QUAD = OCTET + "(?:\\." + OCTET + "){3}";
    private static final Pattern IP4 = Pattern.compile(":(" + QUAD + ")(?:/(0|[1-9][0-9]?))?");
    private static final Pattern IP6 = Pattern.compile(":([0-9A-Fa-f:.]+)(?:/(0|[1-9][0-9]{0,2}))?");
    private static final Pattern IPV4_ADDRESS = Pattern.compile(QUAD);
    private static final Pattern TRAILING_QUAD = Pattern.compile("(.*:)" + QUAD);

    private SpfNetworkParser() {}

    /** @throws InvalidSyntaxException if the address or the prefix length is invalid */
    static SpfTerm parse(SpfTerm.SpfTermType kind, char qualifier, String rest) throws InvalidSyntaxException {
        boolean isIp4 = kind == SpfTerm.SpfTermType.IP4;
        int bits = isIp4 ? 32 : 128;
        Matcher matcher = (isIp4 ? IP4 : IP6).matcher(rest);
        if (!matcher.matches() || !(isIp4 || isIpv6Address(matcher.group(1)))) {
            throw new InvalidSyntaxException("invalid IPv" + (isIp4 ? 4 : 6) + " network");
        }
        int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
        if (prefix > bits) {
            throw new InvalidSyntaxException("invalid prefix length");
        }
        return new SpfTerm(kind, qualifier, matcher.group(1), isIp4 ? prefix : 32, isIp4 ? 128 : prefix);
    }

    /** Returns whether a text is an IPv4 address in dotted-decimal notation. */
    static boolean isIpv4Address(String text) {
        return IPV4_ADDRESS.matcher(text).matches();
    }

    /** Returns whether a text is an IPv6 address (RFC 4291 section 2.2). */
    static boolean isIpv6Address(String text) {
        Matcher quad = TRAILING_QUAD.matcher(text);
        String groups = quad.matches() ? quad.group(1) + "0:0" : text;
        int gap = groups.indexOf("::");
        if (gap < 0) {
            return count(groups) == 8;
        }
        if (groups.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int before = count(groups.substring(0, gap));
        int after = count(groups.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /** Returns the number of groups; -1 if one of them is invalid. */
    private static int count(String groups) {
        if (groups.isEmpty()) {
            return 0;
        }
        String[] parts = groups.split(":", -1);
        for (String part : parts) {
            if (!part.matches("[0-9A-Fa-f]{1,4}")) {
                return -1;
            }
        }
        return parts.length;
    }
}
