package dev.websentry.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The remediations of header, cookie and redirect checks have snippets for nginx, httpd and Java. */
class RemediationSnippetsTest {
    private static final Set<String> JAVA = Set.of("Spring Security", "Spring Boot", "Servlet filter");

    static List<CheckDefinition> scored() {
        return Stream.of(CheckCategory.HEADERS, CheckCategory.COOKIES, CheckCategory.REDIRECTS)
                .flatMap(category -> CheckCatalog.standard().checks().stream()
                        .map(Check::definition)
                        .filter(definition -> definition.category() == category && definition.points() > 0))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scored")
    void remediationsHaveSnippetsForAllThreeTargets(CheckDefinition definition) {
        List<String> targets = definition.remediation().configs().stream()
                .map(Remediation.ConfigSnippet::target)
                .toList();
        assertEquals(1, targets.stream().filter("nginx"::equals).count(), definition.id() + " " + targets);
        assertEquals(1, targets.stream().filter("Apache httpd"::equals).count(), definition.id() + " " + targets);
        assertTrue(targets.stream().anyMatch(JAVA::contains), definition.id() + " " + targets);
        assertTrue(
                definition.remediation().configs().stream()
                        .noneMatch(config -> config.code().isBlank()),
                definition.id());
    }

    /** Proxies differ in everything that concerns headers, redirects and TLS. Traefik cannot change cookies. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "headers.csp",
                "headers.framing",
                "headers.content-type-options",
                "headers.referrer-policy",
                "headers.permissions-policy",
                "ssl.hsts",
                "ssl.protocol-versions",
                "ssl.cipher-suites",
                "redirects.https",
                "server.banner",
                "server.technology"
            })
    void remediationsHaveSnippetsForProxies(String id) {
        assertTrue(targets(id).containsAll(List.of("Caddy", "HAProxy", "Traefik")), id + " " + targets(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookies.secure", "cookies.http-only", "cookies.same-site", "server.sensitive-paths"})
    void remediationsHaveSnippetsForProxiesThatCanDoIt(String id) {
        assertTrue(targets(id).containsAll(List.of("Caddy", "HAProxy")), id + " " + targets(id));
    }

    /** In HAProxy, "%" begins a variable of the log format, and "$" within quotes one of the environment. */
    @Test
    void snippetsEscapeTheSyntaxOfHaproxy() {
        assertEquals(
                "# in the frontend\nhttp-after-response set-header X-One \"a%%20b\\$c\"",
                ProxySnippets.haproxyHeader("X-One", "a%20b$c"));
    }

    @Test
    void snippetsOfTraefikAreYaml() throws Exception {
        for (Check check : CheckCatalog.standard().checks()) {
            for (Remediation.ConfigSnippet config :
                    check.definition().remediation().configs()) {
                if (config.target().equals("Traefik")) {
                    assertTrue(new YAMLMapper().readTree(config.code()).isObject(), config.code());
                }
            }
        }
        assertEquals(
                "a 'b'",
                new YAMLMapper()
                        .readTree(ProxySnippets.traefikHeaders("customResponseHeaders:\n  X-One: \"a 'b'\""))
                        .at("/http/middlewares/security/headers/customResponseHeaders/X-One")
                        .asText());
    }

    private static List<String> targets(String id) {
        return CheckCatalog.standard().checks().stream()
                .map(Check::definition)
                .filter(definition -> definition.id().equals(id))
                .flatMap(definition -> definition.remediation().configs().stream())
                .map(Remediation.ConfigSnippet::target)
                .toList();
    }

    /**
     * httpd has two tables of response headers. The condition "always" edits only one of them, which does not contain
     * the headers from mod_proxy.
     */
    @ParameterizedTest
    @MethodSource("scored")
    void apacheSnippetsAlsoEditHeadersOfProxiedApplications(CheckDefinition definition) {
        definition.remediation().configs().stream()
                .map(Remediation.ConfigSnippet::code)
                .filter(code -> code.contains("Header always edit"))
                .forEach(code -> assertTrue(code.contains("\nHeader edit "), definition.id()));
    }
}
