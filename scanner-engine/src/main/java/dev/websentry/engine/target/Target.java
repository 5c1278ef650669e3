package dev.websentry.engine.target;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What is scanned: a domain or a URL as a person types it, understood.
 *
 * @param given the input, trimmed; reports echo it
 * @param entry how the site is entered
 * @param host the requested host
 * @param explicitPort the port that was typed, if any
 * @param pathAndQuery starts with a slash; percent-encoded
 */
public record Target(String given, Entry entry, Host host, OptionalInt explicitPort, String pathAndQuery) {
    /** The longest input that is read, in characters. */
    public static final int MAX_LENGTH = 2048;

    /** How a site is entered. */
    public enum Entry {
        /** https, and http where https does not answer: for a bare domain, and for a URL without a port of its own. */
        HTTPS_FIRST,
        /** The input names http and a port: that port, plain http only. */
        HTTP_ONLY
    }

    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);
    private static final Pattern OPAQUE_SCHEME =
            Pattern.compile("^(mailto|javascript|data|file|tel|urn|about|blob):.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL_OR_SPACE = Pattern.compile(".*[\\x00-\\x20\\x7f].*", Pattern.DOTALL);
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final String EXPECTED =
            "expected a domain or an http(s) URL such as example.com or https://example.com/login";

    /**
     * Reads a target.
     *
     * @param input a domain, a host with port or path, an IP literal, or an http(s) URL; surrounding blanks are ignored
     * @throws InvalidTargetException when it is none of these, carries credentials or is over {@link #MAX_LENGTH}
     */
    public static Target parse(String input) {
        String given = input.strip();
        if (given.isEmpty()) {
            throw new InvalidTargetException("no URL given: " + EXPECTED);
        }
        if (given.length() > MAX_LENGTH) {
            throw new InvalidTargetException(
                    "the URL has " + given.length() + " characters, the most that is read is " + MAX_LENGTH);
        }
        if (CONTROL_OR_SPACE.matcher(given).matches() || given.contains("\\")) {
            throw invalid(given, "it contains a blank, a backslash or a control character");
        }
        String scheme = scheme(given);
        HttpUrl url = HttpUrl.parse(withScheme(given, scheme));
        if (url == null || authority(given).isEmpty()) {
            throw invalid(given, "it is not a valid URL");
        }
        if (authority(given).contains("@")) {
            throw new InvalidTargetException("'" + withoutCredentials(given)
                    + "' carried a user name or password: remove it, reports and logs repeat the URL");
        }
        OptionalInt port = explicitPort(given);
        Entry entry = scheme.equals("http") && port.isPresent() ? Entry.HTTP_ONLY : Entry.HTTPS_FIRST;
        String query = url.encodedQuery();
        return new Target(given, entry, host(given, url), port, url.encodedPath() + (query == null ? "" : "?" + query));
    }

    /** The port that https is expected on. */
    public int httpsPort() {
        return explicitPort.orElse(443);
    }

    /** The URL that a scan enters by. */
    public HttpUrl url(String scheme, int port) {
        return HttpUrl.get(scheme + "://" + host.inUrl() + ":" + port + pathAndQuery);
    }

    private static String scheme(String given) {
        var matcher = SCHEME.matcher(given);
        if (matcher.matches()) {
            String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw invalid(given, "the scheme '" + scheme + "' cannot be scanned");
            }
            return scheme;
        }
        if (OPAQUE_SCHEME.matcher(given).matches()) {
            throw invalid(given, "the scheme '" + given.substring(0, given.indexOf(':')) + "' cannot be scanned");
        }
        return "";
    }

    private static String withScheme(String given, String scheme) {
        if (!scheme.isEmpty()) {
            return given;
        }
        // A bare IPv6 literal has colons that a URL would take for a port.
        boolean bareIpv6 = given.indexOf(':') != given.lastIndexOf(':') && given.matches("[0-9A-Fa-f:.]+");
        return "https://" + (bareIpv6 ? "[" + given + "]" : given);
    }

    private static Host host(String given, HttpUrl url) {
        String host = url.host();
        if (host.contains(":")) {
            return new Host(host, Host.Kind.IPV6);
        }
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (DOTTED_QUAD.matcher(host).matches()) {
            for (String octet : host.split("\\.", -1)) {
                // A leading zero means octal to some readers and decimal to others: nobody's address for sure.
                if (Integer.parseInt(octet) > 255 || (octet.length() > 1 && octet.startsWith("0"))) {
                    throw invalid(given, "'" + host + "' is not an IPv4 address");
                }
            }
            return new Host(host, Host.Kind.IPV4);
        }
        for (String label : host.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw invalid(given, "'" + host + "' is not a host name");
            }
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (host.length() > 253 || last.matches("[0-9]+|0x[0-9a-f]*")) {
            throw invalid(given, "'" + host + "' is neither a host name nor a dotted IPv4 address");
        }
        return new Host(host, Host.Kind.NAME);
    }

    private static OptionalInt explicitPort(String given) {
        String authority = authority(given);
        boolean bareIpv6 = !authority.startsWith("[") && authority.indexOf(':') != authority.lastIndexOf(':');
        int colon = authority.lastIndexOf(':');
        if (bareIpv6 || colon <= authority.lastIndexOf(']')) {
            return OptionalInt.empty();
        }
        String port = authority.substring(colon + 1);
        return port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }

    private static String authority(String given) {
        int start = given.contains("://") ? given.indexOf("://") + 3 : 0;
        int end = start;
        while (end < given.length() && "/?#\\".indexOf(given.charAt(end)) < 0) {
            end++;
        }
        return given.substring(start, end);
    }

    private static String withoutCredentials(String given) {
        String authority = authority(given);
        return given.replace(authority, authority.substring(authority.lastIndexOf('@') + 1));
    }

    private static InvalidTargetException invalid(String given, String why) {
        return new InvalidTargetException(
                "'" + (authority(given).contains("@") && given.contains("//") ? withoutCredentials(given) : given)
                        + "' cannot be scanned: " + why + "; " + EXPECTED);
    }
}
