package dev.websentry.engine.recording;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.syntax.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects the secrets in the options of a scan, as strings that a site may repeat in its responses. */
public final class KnownSecrets {
    /** Minimum length of a secret. Shorter strings occur by chance, and masking them would change the observations. */
    private static final int MIN_LENGTH = 8;

    private static final Set<String> PUBLIC_FIELDS = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "content-type",
            "host",
            "origin",
            "referer",
            "user-agent",
            "x-requested-with");

    private KnownSecrets() {}

    /**
     * Returns the values of the configured headers, and the credentials in them and in the proxy configuration.
     *
     * @param options options of the scan
     * @param target target of the scan; a string that occurs in its URL is not a secret
     * @return the secrets, longest first
     */
    public static List<String> of(ScanOptions options, Target target) {
        List<String> secrets = new ArrayList<>();
        for (Header header : options.headers()) {
            if (!PUBLIC_FIELDS.contains(header.name().toLowerCase(Locale.ROOT))) {
                secrets.add(header.value());
                parts(header.value()).forEach(secrets::add);
            }
        }
        options.proxies().proxies().stream()
                .flatMap(proxy -> proxy.credentials().stream())
                .forEach(credentials -> parts(credentials.authorizationHeader()).forEach(secrets::add));
        return secrets.stream()
                .filter(secret -> secret.length() >= MIN_LENGTH)
                .filter(secret -> !target.input().contains(secret))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * Returns the credentials in a field value: the token of {@code Bearer abc}, the values of {@code a=b; c=d}, and
     * the user name with password and the password of Basic credentials (RFC 7617).
     */
    private static List<String> parts(String value) {
        List<String> parts = new ArrayList<>();
        for (String word : value.split("[\\s;,]+", -1)) {
            parts.add(word);
            parts.add(word.substring(word.indexOf('=') + 1));
        }
        if (value.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                byte[] pair = Base64.getDecoder().decode(value.substring(6).strip());
                String text = new String(pair, StandardCharsets.UTF_8);
                parts.add(text);
                parts.add(text.substring(text.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                // Not Base64: the words themselves are already in the list.
            }
        }
        return parts;
    }
}
