package dev.websentry.engine.check;

import dev.websentry.engine.check.cookies.CookieChecks;
import dev.websentry.engine.check.dns.DnsChecks;
import dev.websentry.engine.check.headers.HeaderChecks;
import dev.websentry.engine.check.redirects.RedirectChecks;
import dev.websentry.engine.check.server.ServerChecks;
import dev.websentry.engine.check.ssl.SslChecks;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.UnknownObservation;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All checks, in the order in which reports show them. */
public final class Catalogue {
    private final List<Check> checks;

    private Catalogue(List<Check> checks) {
        this.checks = checks;
    }

    /** The checks of this version of the engine. */
    public static Catalogue standard() {
        return of(Stream.of(
                        SslChecks.ALL,
                        HeaderChecks.ALL,
                        CookieChecks.ALL,
                        RedirectChecks.ALL,
                        DnsChecks.ALL,
                        ServerChecks.ALL)
                .flatMap(List::stream)
                .toList());
    }

    /**
     * A catalogue of these checks.
     *
     * @throws IllegalStateException when an id is there twice, or a category's points do not add up to its maximum
     */
    public static Catalogue of(List<Check> checks) {
        Set<String> ids = new HashSet<>();
        Map<Category, Integer> points = new EnumMap<>(Category.class);
        for (Check check : checks) {
            Definition definition = check.definition();
            if (!ids.add(definition.id())) {
                throw new IllegalStateException("two checks are called " + definition.id());
            }
            points.merge(definition.category(), definition.points(), Integer::sum);
        }
        for (Category category : Category.values()) {
            int sum = points.getOrDefault(category, 0);
            if (sum != category.maxScore()) {
                throw new IllegalStateException(
                        "the points of " + category.key() + " add up to " + sum + ", not to " + category.maxScore());
            }
        }
        return new Catalogue(List.copyOf(checks));
    }

    public List<Check> checks() {
        return checks;
    }

    /** Judges with every check; what could not be observed becomes NOT_CHECKED here and nowhere else. */
    public List<Judged> judge(Observations seen) {
        return checks.stream().map(check -> judge(check, seen)).toList();
    }

    /** One check's verdict, by the same rule. */
    public static Judged judge(Check check, Observations seen) {
        try {
            return new Judged(check.definition(), check.judge(seen));
        } catch (UnknownObservation e) {
            Verdict verdict = check.definition().points() == 0
                    ? Verdict.info("Not seen: " + e.reason())
                    : Verdict.notChecked(e.reason());
            return new Judged(check.definition(), verdict);
        }
    }
}
