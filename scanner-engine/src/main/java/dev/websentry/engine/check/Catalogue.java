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

/** The catalog of all checks, in the order in which reports show them. */
public final class Catalogue {
    private final List<Check> checks;

    private Catalogue(List<Check> checks) {
        this.checks = checks;
    }

    /** Returns the checks of this engine version. */
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
     * Creates a catalog.
     *
     * @param checks the checks, in the order of reports
     * @return a catalog of these checks
     * @throws IllegalStateException when two checks have the same id, or the points of a category do not add up
     *     to its maximum
     */
    public static Catalogue of(List<Check> checks) {
        Set<String> ids = new HashSet<>();
        Map<Category, Integer> points = new EnumMap<>(Category.class);
        for (Check check : checks) {
            Definition definition = check.definition();
            if (!ids.add(definition.id())) {
                throw new IllegalStateException("duplicate check id " + definition.id());
            }
            points.merge(definition.category(), definition.points(), Integer::sum);
        }
        for (Category category : Category.values()) {
            int sum = points.getOrDefault(category, 0);
            if (sum != category.maxScore()) {
                throw new IllegalStateException("category " + category.key() + ": points add up to " + sum
                        + ", expected " + category.maxScore());
            }
        }
        return new Catalogue(List.copyOf(checks));
    }

    public List<Check> checks() {
        return checks;
    }

    /**
     * Evaluates all checks. This is the only place where a missing observation turns into {@link Outcome#NOT_CHECKED}.
     *
     * @param seen the observations of one scan
     * @return one evaluated check per check of the catalog, in the same order
     */
    public List<Judged> judge(Observations seen) {
        return checks.stream().map(check -> judge(check, seen)).toList();
    }

    /**
     * Evaluates one check. A missing observation results in {@link Outcome#NOT_CHECKED}, or in {@link Outcome#INFO}
     * for a check without points.
     *
     * @param check the check
     * @param seen the observations of one scan
     * @return the check with its verdict
     */
    public static Judged judge(Check check, Observations seen) {
        try {
            return new Judged(check.definition(), check.judge(seen));
        } catch (UnknownObservation e) {
            Verdict verdict = check.definition().points() == 0
                    ? Verdict.info("Not observed: " + e.reason())
                    : Verdict.notChecked(e.reason());
            return new Judged(check.definition(), verdict);
        }
    }
}
