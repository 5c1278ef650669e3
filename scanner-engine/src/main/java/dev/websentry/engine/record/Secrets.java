package dev.websentry.engine.record;

import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a scan was told to send and nobody else is to know, as texts that a site may repeat. */
public final class Secrets {
    /** Shorter texts turn up by chance, and masking them would change what was seen. */
    private static final int SHORTEST = 8;

    private static final Set<String> HARMLESS = Set.of(
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

    private Secrets() {}

    /**
     * The values of the configured headers and the parts of them and of the proxies' fields that are credentials, the longest
     * first.
     *
     * @param target what is part of the target's own text is no secret
     */
    public static List<String> of(ScanOptions options, Target target) {
        List<String> secrets = new ArrayList<>();
        for (Header header : options.headers()) {
            if (!HARMLESS.contains(header.name().toLowerCase(Locale.ROOT))) {
                secrets.add(header.value());
                parts(header.value()).forEach(secrets::add);
            }
        }
        options.proxies().all().stream()
                .flatMap(proxy -> proxy.credentials().stream())
                .forEach(credentials -> parts(credentials.basic()).forEach(secrets::add));
        return secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .filter(secret -> !target.given().contains(secret))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Of {@code Bearer abc} the token, of {@code a=b; c=d} the values, of Basic credentials the password (RFC 7617). */
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
                // Not base64: the words are masked as they stand.
            }
        }
        return parts;
    }
}
