package dev.websentry.engine.target;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A proxy of this machine's network, which is spoken to over plain HTTP/1.1.
 *
 * @param scheme of the URLs that it is for: http or https
 * @param place where it listens
 * @param credentials sent to it as Basic, if any
 * @param direct hosts that are dialled without it; a {@code *} stands for any characters
 */
public record HttpProxy(String scheme, HostAndPort place, Optional<Credentials> credentials, List<String> direct) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+");

    public HttpProxy {
        scheme = scheme.toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "'" + scheme + "' is not a protocol that a proxy can be for: expected http or https");
        }
        if (!HOST.matcher(place.host()).matches()) {
            throw new IllegalArgumentException("'" + place.host() + "' is not the host of a proxy");
        }
        direct =
                direct.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether connections to this host, a name or an address literal, go past the proxy. */
    boolean isPassedBy(String host) {
        return direct.stream().anyMatch(pattern -> matches(pattern, host.toLowerCase(Locale.ROOT)));
    }

    private static boolean matches(String pattern, String host) {
        StringBuilder expression = new StringBuilder();
        for (String part : pattern.split("(?<=\\*)|(?=\\*)", -1)) {
            expression.append(part.equals("*") ? ".*" : Pattern.quote(part));
        }
        return host.matches(expression.toString());
    }

    /** Where it listens; never its credentials. */
    @Override
    public String toString() {
        return "the proxy " + place;
    }
}
