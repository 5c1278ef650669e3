package dev.websentry.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
