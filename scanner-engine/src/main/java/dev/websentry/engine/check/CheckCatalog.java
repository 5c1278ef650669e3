package dev.websentry.engine.check;

import dev.websentry.engine.check.cookies.CookieChecks;
import dev.websentry.engine.check.dns.DnsChecks;
import dev.websentry.engine.check.headers.HeaderChecks;
import dev.websentry.engine.check.redirects.RedirectChecks;
import dev.websentry.engine.check.server.ServerChecks;
import dev.websentry.engine.check.ssl.SslChecks;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.UnobservedException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The catalog of all checks, in the order in which reports show them. */
public final class CheckCatalog {
    private final List<Check> checks;

    private CheckCatalog(List<Check> checks) {
        this.checks = checks;
    }

    /** Returns the checks of this engine version. */
    public static CheckCatalog standard() {
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
    public static CheckCatalog of(List<Check> checks) {
        Set<String> ids = new HashSet<>();
        Map<CheckCategory, Integer> points = new EnumMap<>(CheckCategory.class);
        for (Check check : checks) {
            CheckDefinition definition = check.definition();
            if (!ids.add(definition.id())) {
                throw new IllegalStateException("duplicate check id " + definition.id());
            }
            points.merge(definition.category(), definition.points(), Integer::sum);
        }
        for (CheckCategory category : CheckCategory.values()) {
            int sum = points.getOrDefault(category, 0);
            if (sum != category.maxScore()) {
                throw new IllegalStateException("category " + category.key() + ": points add up to " + sum
                        + ", expected " + category.maxScore());
            }
        }
        return new CheckCatalog(List.copyOf(checks));
    }

    public List<Check> checks() {
        return checks;
    }

    /**
     * Evaluates all checks. This is the only place where a missing observation or an unchecked exception of a check
     * turns into {@link CheckOutcome#NOT_CHECKED}.
     *
     * @param seen the observations of one scan
     * @return one evaluated check per check of the catalog, in the same order
     */
    public List<EvaluatedCheck> evaluate(ScanObservations seen) {
        return checks.stream().map(check -> evaluate(check, seen)).toList();
    }

    /**
     * Evaluates one check. A missing observation results in {@link CheckOutcome#NOT_CHECKED}, or in {@link CheckOutcome#INFO}
     * for a check without points. So does an exception that is a defect of the check; it must not cost the other
     * verdicts. A {@link StackOverflowError} is such a defect, because hostile input can cause it. Other errors of the
     * virtual machine are passed on, because they concern the whole process.
     *
     * @param check the check
     * @param seen the observations of one scan
     * @return the check with its verdict
     */
    public static EvaluatedCheck evaluate(Check check, ScanObservations seen) {
        try {
            return new EvaluatedCheck(check.definition(), check.evaluate(seen));
        } catch (UnobservedException e) {
            CheckVerdict verdict = check.definition().points() == 0
                    ? CheckVerdict.info("Not observed: " + e.reason())
                    : CheckVerdict.notChecked(e.reason());
            return new EvaluatedCheck(check.definition(), verdict);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return new EvaluatedCheck(check.definition(), InternalCheckError.verdict(check.definition(), e));
        }
    }
}
