package dev.websentry.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each finding of headers, cookies and redirects can be put right by copying, whatever serves the site. */
class RemedyTargetsTest {
    private static final Set<String> JAVA = Set.of("Spring Security", "Spring Boot", "Servlet filter");

    static List<Definition> scored() {
        return Stream.of(Category.HEADERS, Category.COOKIES, Category.REDIRECTS)
                .flatMap(category -> Catalogue.standard().checks().stream()
                        .map(Check::definition)
                        .filter(definition -> definition.category() == category && definition.points() > 0))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scored")
    void theRemedyNamesAllThreeTargets(Definition definition) {
        List<String> targets = definition.remediation().configs().stream()
                .map(Remediation.Config::target)
                .toList();
        assertEquals(1, targets.stream().filter("nginx"::equals).count(), definition.id() + " " + targets);
        assertEquals(1, targets.stream().filter("Apache httpd"::equals).count(), definition.id() + " " + targets);
        assertTrue(targets.stream().anyMatch(JAVA::contains), definition.id() + " " + targets);
        assertTrue(
                definition.remediation().configs().stream()
                        .noneMatch(config -> config.code().isBlank()),
                definition.id());
    }

    /** httpd keeps two tables of response fields, and "always" edits only one: not the one that mod_proxy fills. */
    @ParameterizedTest
    @MethodSource("scored")
    void apacheEditsCookiesOfProxiedApplicationsToo(Definition definition) {
        definition.remediation().configs().stream()
                .map(Remediation.Config::code)
                .filter(code -> code.contains("Header always edit"))
                .forEach(code -> assertTrue(code.contains("\nHeader edit "), definition.id()));
    }
}
