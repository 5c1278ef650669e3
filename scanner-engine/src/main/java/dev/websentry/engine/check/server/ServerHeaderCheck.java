package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ProxySnippets;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks that the Server header does not disclose versions or the operating system. */
final class ServerHeaderCheck implements Check {
    /**
     * Matches a version, such as 1.18.0, v2.4, 12c or 9.4.31.v2020, but not a hexadecimal name such as 7EEB or ea5f2fb.
     * The quantifiers are possessive, because backtracking in a long value would overflow the stack.
     */
    private static final Pattern VERSION = Pattern.compile("v?\\d++[a-z]?(?:\\.[0-9A-Za-z_-]++)*+");

    private static final Pattern VERSION_START = Pattern.compile("v?\\d++[a-z]?(?![0-9A-Za-z])");
    private static final Pattern COMMENT = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern WORDS = Pattern.compile("[\\s,;]+");
    /** Operating systems as whole tokens: Windows-Azure-Blob and Oracle-HTTP-Server are products. */
    private static final Pattern SYSTEM = Pattern.compile("(?<![\\w-])(?:ubuntu|debian|centos|red ?hat|rhel|fedora|suse"
            + "|gentoo|raspbian|unix|linux|freebsd|openbsd|netbsd|solaris|sunos|win32|win64|(?:microsoft-)?windows"
            + "|mac ?os|almalinux)(?![\\w-])");
    /** Operating systems whose names are also those of companies and products, such as Amazon CloudFront. */
    private static final Pattern SYSTEM_COMMENT =
            Pattern.compile("\\(\\s*(?:amazon|oracle|alpine|rocky|alma|darwin)\\s*[;,)]");

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "server.banner", "Server Header", CheckCategory.SERVER, 2)
            .description("The Server header is absent, or names a product without its version.")
            .remediation(Remediation.of(
                            "Do not send a version in the Server header: it tells attackers which known vulnerabilities to try.")
                    .nginx("# http, server or location block\nserver_tokens off;")
                    .apache("# server configuration\nServerTokens Prod\nServerSignature Off")
                    .withConfig("Spring Boot application.properties", """
                            # sends no Server header with Tomcat;
                            # with Jetty and Undertow, also leave server.server-header unset
                            server.server-header=""")
                    .caddy("header -Server")
                    .haproxy("http-response del-header Server")
                    .traefik(ProxySnippets.traefikHeaders(
                            "customResponseHeaders:\n  Server: \"\"  # an empty value removes the header")))
            .references(
                    "https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/01-Information_Gathering/02-Fingerprint_Web_Server",
                    "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        List<String> lines = seen.site().page().value().response().headers().all("Server").stream()
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty()) {
            return CheckVerdict.pass("No Server header");
        }
        String banner = String.join(", ", lines);
        return evaluate(banner).evidence(Excerpt.evidenceLine("Server: " + banner));
    }

    private static CheckVerdict evaluate(String banner) {
        String shown = Excerpt.inSentence(banner);
        String comments = String.join(
                " ",
                COMMENT.matcher(banner).results().map(match -> match.group(1)).toList());
        List<String> words = WORDS.splitAsStream(COMMENT.matcher(banner).replaceAll(" "))
                .filter(word -> !word.isEmpty())
                .toList();
        long products = words.stream()
                .filter(word -> Character.isLetter(word.charAt(0))
                        && !VERSION.matcher(word).matches())
                .count();
        boolean version = words.stream().anyMatch(ServerHeaderCheck::hasVersion)
                || WORDS.splitAsStream(comments).anyMatch(ServerHeaderCheck::hasDottedVersion);
        String lowerCase = banner.toLowerCase(Locale.ROOT);
        if (SYSTEM.matcher(lowerCase).find()
                || SYSTEM_COMMENT.matcher(lowerCase).find()) {
            return CheckVerdict.fail("Discloses the operating system: " + shown);
        }
        boolean severalProducts = version && products > 1 && words.stream().anyMatch(word -> word.contains("/"));
        if (severalProducts || versionedComponents(words, comments) > 1) {
            return CheckVerdict.fail("Discloses several components with versions: " + shown);
        }
        return version
                ? CheckVerdict.warn("Discloses the version: " + shown)
                : CheckVerdict.pass("Names a product without its version: " + shown);
    }

    /** Returns the number of different products with versions, including those in comments. */
    private static long versionedComponents(List<String> words, String comments) {
        return Stream.concat(
                        words.stream().filter(ServerHeaderCheck::hasVersion),
                        WORDS.splitAsStream(comments).filter(word -> word.contains(".") && hasVersion(word)))
                .filter(word -> word.contains("/"))
                .map(word -> word.substring(0, word.indexOf('/')).toLowerCase(Locale.ROOT))
                .distinct()
                .count();
    }

    /** Returns whether a product token has a version (RFC 9110 section 10.2.4), or a word is one. */
    private static boolean hasVersion(String word) {
        int slash = word.indexOf('/');
        return slash >= 0
                ? VERSION_START.matcher(word.substring(slash + 1)).lookingAt()
                : VERSION.matcher(word).matches() && word.contains(".");
    }

    /**
     * Returns whether a word of a comment contains a version. Comments are free text (RFC 9110 section 5.6.5), so a
     * number without a dot can be anything, such as the location of a cache in "ECS (dcb/7123)".
     */
    private static boolean hasDottedVersion(String word) {
        String version = word.substring(word.indexOf('/') + 1);
        return version.contains(".") && VERSION.matcher(version).matches();
    }
}
