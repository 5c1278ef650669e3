package dev.websentry.engine.config;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The target of a scan, parsed from a domain or URL as users type it.
 *
 * @param input the input without surrounding whitespace, as reports show it
 * @param entryMode which schemes the scan tries for the entry page
 * @param host the requested host
 * @param explicitPort the port in the input; empty if the input has none
 * @param pathAndQuery the percent-encoded path and query; starts with a slash
 */
public record Target(String input, EntryMode entryMode, Host host, OptionalInt explicitPort, String pathAndQuery) {
    /** The maximum length of an input in characters. */
    public static final int MAX_INPUT_LENGTH = 2048;

    /** The schemes that a scan tries for the entry page. */
    public enum EntryMode {
        /** Tries https first, then http if https does not respond. Used unless the input names http and a port. */
        HTTPS_FIRST,
        /** Tries plain http only, on the explicit port. Used if the input names http and a port. */
        HTTP_ONLY
    }

    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);
    private static final Pattern OPAQUE_SCHEME =
            Pattern.compile("^(mailto|javascript|data|file|tel|urn|about|blob):.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    /** A last label that makes a host an IPv4 address (WHATWG URL section 3.5). */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final String EXPECTED =
            "expected a domain or an http(s) URL such as example.com or https://example.com/login";

    /**
     * Parses a target.
     *
     * @param input a domain, a host with port or path, an IP address, or an http(s) URL; surrounding whitespace is
     *     ignored
     * @return the target
     * @throws InvalidTargetException if the input is anything else, contains credentials or is longer than {@link
     *     #MAX_INPUT_LENGTH}
     */
    public static Target parse(String input) {
        String trimmed = input.strip();
        if (trimmed.isEmpty()) {
            throw new InvalidTargetException("no URL given: " + EXPECTED);
        }
        if (trimmed.length() > MAX_INPUT_LENGTH) {
            throw new InvalidTargetException(
                    "the URL has " + trimmed.length() + " characters; the maximum is " + MAX_INPUT_LENGTH);
        }
        if (trimmed.chars().anyMatch(c -> c <= ' ' || c == 0x7f) || trimmed.contains("\\")) {
            throw invalid(trimmed, "it contains whitespace, a backslash or a control character");
        }
        String scheme = scheme(trimmed);
        HttpUrl url = HttpUrl.parse(withScheme(trimmed, scheme));
        if (url == null || authority(trimmed).isEmpty()) {
            throw invalid(trimmed, "it is not a valid URL");
        }
        if (authority(trimmed).contains("@")) {
            throw new InvalidTargetException("'" + withoutCredentials(trimmed)
                    + "' was given with a user name or password: remove it, because reports and logs show the URL");
        }
        OptionalInt port = explicitPort(trimmed);
        EntryMode entry = scheme.equals("http") && port.isPresent() ? EntryMode.HTTP_ONLY : EntryMode.HTTPS_FIRST;
        String query = url.encodedQuery();
        return new Target(
                trimmed, entry, host(trimmed, url), port, url.encodedPath() + (query == null ? "" : "?" + query));
    }

    /** Returns the port on which https is expected: the explicit port or 443. */
    public int httpsPort() {
        return explicitPort.orElse(443);
    }

    /**
     * Returns the URL of the entry page.
     *
     * @param scheme http or https
     * @param port the port to connect to
     * @return the URL with the target's host, path and query
     */
    public HttpUrl url(String scheme, int port) {
        return HttpUrl.get(scheme + "://" + host.toUrlHost() + ":" + port + pathAndQuery);
    }

    private static String scheme(String trimmed) {
        if (trimmed.indexOf(':') < 0) {
            return "";
        }
        var matcher = SCHEME.matcher(trimmed);
        if (matcher.matches()) {
            String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw invalid(trimmed, "the scheme '" + scheme + "' cannot be scanned");
            }
            return scheme;
        }
        if (OPAQUE_SCHEME.matcher(trimmed).matches()) {
            throw invalid(trimmed, "the scheme '" + trimmed.substring(0, trimmed.indexOf(':')) + "' cannot be scanned");
        }
        return "";
    }

    private static String withScheme(String trimmed, String scheme) {
        if (!scheme.isEmpty()) {
            return trimmed;
        }
        // The colons of an IPv6 address without brackets would be parsed as a port.
        boolean bareIpv6 = trimmed.indexOf(':') != trimmed.lastIndexOf(':') && trimmed.matches("[0-9A-Fa-f:.]+");
        return "https://" + (bareIpv6 ? "[" + trimmed + "]" : trimmed);
    }

    private static Host host(String trimmed, HttpUrl url) {
        String host = url.host();
        if (host.contains(":")) {
            return new Host(host, Host.HostKind.IPV6);
        }
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (DOTTED_QUAD.matcher(host).matches()) {
            for (String octet : host.split("\\.", -1)) {
                // A leading zero is ambiguous: some parsers read the octet as octal, others as decimal.
                if (Integer.parseInt(octet) > 255 || (octet.length() > 1 && octet.startsWith("0"))) {
                    throw invalid(trimmed, "'" + host + "' is not an IPv4 address");
                }
            }
            return new Host(host, Host.HostKind.IPV4);
        }
        for (String label : host.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw invalid(trimmed, "'" + host + "' is not a host name");
            }
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (host.length() > 253 || NUMBER.matcher(last).matches()) {
            throw invalid(trimmed, "'" + host + "' is neither a host name nor a dotted IPv4 address");
        }
        return new Host(host, Host.HostKind.NAME);
    }

    private static OptionalInt explicitPort(String trimmed) {
        String authority = authority(trimmed);
        boolean bareIpv6 = !authority.startsWith("[") && authority.indexOf(':') != authority.lastIndexOf(':');
        int colon = authority.lastIndexOf(':');
        if (bareIpv6 || colon <= authority.lastIndexOf(']')) {
            return OptionalInt.empty();
        }
        String port = authority.substring(colon + 1);
        return port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }

    private static String authority(String trimmed) {
        int start = trimmed.contains("://") ? trimmed.indexOf("://") + 3 : 0;
        int end = start;
        while (end < trimmed.length() && "/?#\\".indexOf(trimmed.charAt(end)) < 0) {
            end++;
        }
        return trimmed.substring(start, end);
    }

    private static String withoutCredentials(String trimmed) {
        String authority = authority(trimmed);
        return trimmed.replace(authority, authority.substring(authority.lastIndexOf('@') + 1));
    }

    private static InvalidTargetException invalid(String trimmed, String why) {
        return new InvalidTargetException("'"
                + (authority(trimmed).contains("@") && trimmed.contains("//") ? withoutCredentials(trimmed) : trimmed)
                + "' cannot be scanned: " + why + "; " + EXPECTED);
    }
}
