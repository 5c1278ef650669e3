package dev.websentry.engine.check.headers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A policy that allows more never has a better verdict (CSP3 section 6.7.2): random policies are compared with the same
 * policies after a source was added or widened, or a directive, a policy or the whole header was removed. Nonces,
 * hashes and {@code 'strict-dynamic'} are never added or removed, because they also disable other sources. A directive
 * with a typing error restricts nothing and is never removed.
 */
class CspMonotonicityTest {
    private static final String CSP = "Content-Security-Policy";
    private static final int ROUNDS = 1500;

    /** Each source with sources that match everything it matches, and more (sections 6.7.2.8 to 6.7.2.12). */
    private static final Map<String, List<String>> WIDER = Map.ofEntries(
            Map.entry("https://a.example.net/app.js", List.of("https://a.example.net", "https://a.example.net/")),
            Map.entry("https://a.example.net", List.of("a.example.net", "http://a.example.net", "https:", "*")),
            Map.entry("http://a.example.net", List.of("http://*.example.net", "http:", "*")),
            Map.entry("a.example.net", List.of("*.example.net", "*.net", "*")),
            Map.entry("*.example.net", List.of("*.net", "*")),
            Map.entry("http://*.example.net", List.of("http:", "*")),
            Map.entry(
                    "https://cdn.jsdelivr.net/npm/vue@3/",
                    List.of("https://cdn.jsdelivr.net/npm/", "cdn.jsdelivr.net")),
            Map.entry("cdn.jsdelivr.net", List.of("*.jsdelivr.net", "*.net", "*")),
            Map.entry("*.github.io", List.of("*.io", "*")),
            Map.entry("*.net", List.of("*")),
            Map.entry("https://*", List.of("https:", "*")),
            Map.entry("https:", List.of("http:", "*")),
            Map.entry("http:", List.of("*")));

    private static final List<String> SOURCES = List.of(
            "'self'",
            "'unsafe-inline'",
            "'unsafe-eval'",
            "'unsafe-hashes'",
            "https://a.example.net/app.js",
            "https://a.example.net",
            "http://a.example.net",
            "a.example.net",
            "*.example.net",
            "https://cdn.jsdelivr.net/npm/vue@3/",
            "cdn.jsdelivr.net",
            "accounts.google.com",
            "*.github.io",
            "*.net",
            "https://*",
            "https:",
            "http:",
            "*",
            "data:",
            "blob:",
            "wss:");
    private static final List<String> NONCES = List.of(
            "'nonce-bm9uY2Utb25l'",
            "'nonce-short'",
            "'nonce-cmVwZWF0ZWQ='",
            "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
            "'strict-dynamic'");
    private static final List<String> DIRECTIVES = List.of(
            "default-src",
            "script-src",
            "script-src-elem",
            "script-src-attr",
            "object-src",
            "base-uri",
            "img-src",
            "style-src",
            "connect-src",
            "worker-src",
            "scirpt-src");

    /** The directives that take the place of a missing one, in this order (section 6.8.3). */
    private static final Map<String, List<String>> FALLBACKS = Map.of(
            "script-src-elem", List.of("script-src", "default-src"),
            "script-src-attr", List.of("script-src", "default-src"),
            "worker-src", List.of("script-src", "default-src"),
            "default-src", List.of(),
            "base-uri", List.of(),
            "sandbox", List.of());

    private final Random random = new Random(20261130);

    @Test
    void removingARestrictionNeverImprovesTheVerdict() {
        int differences = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Map<String, List<String>>> policies = randomPolicies();
            List<Map<String, List<String>>> wider = copy(policies);
            if (!widen(wider)) {
                continue;
            }
            CheckOutcome before = outcome(policies);
            CheckOutcome after = outcome(wider);
            assertTrue(
                    after.compareTo(before) >= 0,
                    () -> before + ": " + text(policies) + System.lineSeparator() + after + ": " + text(wider));
            differences += after.compareTo(before) > 0 ? 1 : 0;
        }
        assertTrue(differences > ROUNDS / 20, "the policies reach different verdicts: " + differences);
    }

    private List<Map<String, List<String>>> randomPolicies() {
        List<Map<String, List<String>>> policies = new ArrayList<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            Map<String, List<String>> policy = new LinkedHashMap<>();
            boolean good = random.nextBoolean();
            if (good) {
                policy.put("default-src", new ArrayList<>(List.of("'self'")));
                policy.put("base-uri", new ArrayList<>(List.of("'none'")));
            }
            if (random.nextInt(12) == 0) {
                policy.put("sandbox", new ArrayList<>(random.nextBoolean() ? List.of() : List.of("allow-scripts")));
            }
            for (int d = 1 + random.nextInt(good ? 2 : 4); d > 0; d--) {
                policy.put(pick(DIRECTIVES), randomSources());
            }
            policies.add(policy);
        }
        return policies;
    }

    private List<String> randomSources() {
        List<String> sources = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            sources.add(pick(SOURCES));
        }
        if (random.nextInt(4) == 0) {
            sources.add(pick(NONCES));
        }
        return sources;
    }

    /** Removes one restriction; returns false if the chosen one cannot be removed. */
    private boolean widen(List<Map<String, List<String>>> policies) {
        Map<String, List<String>> policy = pick(policies);
        String name = pick(List.copyOf(policy.keySet()));
        List<String> sources = policy.get(name);
        switch (random.nextInt(8)) {
            case 0:
                policies.remove(policy);
                return true;
            case 1:
            case 2:
            case 3:
                return remove(policy, name);
            case 4:
                if (name.equals("sandbox")) {
                    return sources.isEmpty() && sources.add("allow-scripts");
                }
                return sources.add(pick(SOURCES));
            default:
                if (sources.isEmpty() || !WIDER.containsKey(sources.get(0))) {
                    return false;
                }
                sources.set(0, pick(WIDER.get(sources.get(0))));
                return true;
        }
    }

    /** Removes a directive if what takes its place allows at least as much. */
    private static boolean remove(Map<String, List<String>> policy, String name) {
        if (name.equals("scirpt-src")) {
            return false;
        }
        List<String> removed = List.copyOf(policy.get(name));
        List<String> fallback = FALLBACKS.getOrDefault(name, List.of("default-src")).stream()
                .filter(policy::containsKey)
                .findFirst()
                .map(policy::get)
                .orElse(null);
        if (fallback != null
                && (!fallback.containsAll(removed)
                        || fallback.stream()
                                .anyMatch(source -> NONCES.contains(source) && !removed.contains(source)))) {
            return false;
        }
        policy.remove(name);
        return true;
    }

    private static List<Map<String, List<String>>> copy(List<Map<String, List<String>>> policies) {
        List<Map<String, List<String>>> copies = new ArrayList<>();
        for (Map<String, List<String>> policy : policies) {
            Map<String, List<String>> copy = new LinkedHashMap<>();
            policy.forEach((name, sources) -> copy.put(name, new ArrayList<>(sources)));
            copies.add(copy);
        }
        return copies;
    }

    private static CheckOutcome outcome(List<Map<String, List<String>>> policies) {
        Header other = new Header(CSP, "script-src 'nonce-cmVwZWF0ZWQ='");
        return CheckCatalog.evaluate(
                        new CspCheck(),
                        (policies.isEmpty()
                                        ? ObservedSite.page()
                                        : ObservedSite.page().header(CSP, text(policies)))
                                .again(ObservedSite.get(
                                        "https://www.example.com/", ObservedSite.response(200, List.of(other), "")))
                                .unrecordedObservations())
                .verdict()
                .outcome();
    }

    private static String text(List<Map<String, List<String>>> policies) {
        return policies.stream()
                .map(policy -> policy.entrySet().stream()
                        .map(directive -> directive.getKey() + " " + String.join(" ", directive.getValue()))
                        .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(", "));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
