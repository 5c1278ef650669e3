package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.check.server.Signatures.Gravity;
import dev.websentry.engine.check.server.Signatures.Signature;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether files lie open that were never meant for visitors. */
final class SensitivePathsCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "server.sensitive-paths", "Sensitive Paths", Category.SERVER, 4)
            .describe("No well-known path gives away repositories, secrets, keys, backups or management pages.")
            .remedy(Remediation.of("Take the file out of the served directory, and change every secret that it held."
                            + " Then deny such paths altogether; keep management endpoints on a port of their own.")
                    .nginx("""
                            location ~ /\\.(?!well-known/) { return 404; }
                            location ~* \\.(sql|bak|old|key|pem|zip|tar|gz)$ { return 404; }
                            location ~ ^/(actuator|server-status|WEB-INF)(/|$) { return 404; }""")
                    .apache("""
                            <LocationMatch "/\\.(?!well-known/)">
                                Require all denied
                            </LocationMatch>
                            <FilesMatch "(?i)\\.(sql|bak|old|key|pem|zip|tar|gz)$">
                                Require all denied
                            </FilesMatch>
                            <LocationMatch "^/(actuator|server-status|WEB-INF)(/|$)">
                                Require local
                            </LocationMatch>""")
                    .spring("""
                            http.authorizeHttpRequests(requests -> requests
                                .requestMatchers("/actuator/health").permitAll()
                                .requestMatchers("/actuator/**").hasRole("OPERATOR"));
                            // application.properties: management.endpoints.web.exposure.include=health"""))
            .references(
                    "https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/02-Configuration_and_Deployment_Management_Testing/04-Review_Old_Backup_and_Unreferenced_Files_for_Sensitive_Information",
                    "https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.security")
            .build();

    private record Hit(Exchange exchange, Response response, Signature signature) {
        String path() {
            return exchange.url().encodedPath();
        }

        /** The answer's outside only: its content is the secret. */
        String evidence() {
            return Texts.shortened("GET " + exchange.url() + " -> " + response.status() + ", "
                    + response.headers().first("Content-Type").orElse("no content type") + ": "
                    + signature.what());
        }
    }

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        LeakageAnswers leakage = seen.site().leakage().value();
        if (leakage.paths().isEmpty()) {
            return Verdict.notApplicable("Switched off: probePaths is false, no sensitive path was asked for");
        }
        List<Hit> hits = hits(leakage);
        return hits.isEmpty() ? nothing(leakage.paths()) : found(hits);
    }

    private static List<Hit> hits(LeakageAnswers leakage) {
        Ordinariness ordinary = new Ordinariness(leakage.ordinary());
        List<Hit> hits = new ArrayList<>();
        for (Exchange exchange : leakage.paths()) {
            Signature signature = Signatures.BY_PATH.get(exchange.url().encodedPath());
            Response response = exchange.response().orElse(null);
            if (signature != null
                    && response != null
                    && (response.status() == 200 || response.status() == 206)
                    && signature.matches(response)
                    && !ordinary.covers(exchange.url(), response)) {
                hits.add(new Hit(exchange, response, signature));
            }
        }
        return hits;
    }

    private static Verdict found(List<Hit> hits) {
        Set<String> paths = hits.stream().map(Hit::path).collect(Collectors.toSet());
        boolean repository = paths.contains(Signatures.GIT_HEAD) && paths.contains(Signatures.GIT_CONFIG);
        boolean heapDump = hits.stream()
                .anyMatch(hit -> hit.path().equals(Signatures.ACTUATOR)
                        && Signatures.HEAP_DUMP
                                .matcher(hit.response().body().text())
                                .find());
        List<String> critical = new ArrayList<>(hits.stream()
                .filter(hit -> hit.signature().gravity() == Gravity.CRITICAL)
                .map(hit -> hit.path() + " (" + hit.signature().what() + ")")
                .toList());
        if (repository) {
            critical.add(0, "/.git (a Git repository)");
        }
        if (heapDump) {
            critical.add("/actuator/heapdump (named by the index, not requested)");
        }
        List<String> evidence = hits.stream().limit(10).map(Hit::evidence).toList();
        if (critical.isEmpty()) {
            Hit first = hits.get(0);
            return Verdict.warn("Open to anyone: " + first.path() + " ("
                            + first.signature().what() + ")" + more(hits.size()))
                    .evidence(evidence);
        }
        String worst = critical.get(0) + more(critical.size());
        return Verdict.fail("Secrets open to anyone: " + worst)
                .evidence(evidence)
                .cap(Cap.F, "a secret lies open: " + critical.get(0));
    }

    private static String more(int count) {
        return count > 1 ? " and " + (count - 1) + " more" : "";
    }

    private static Verdict nothing(List<Exchange> paths) {
        long silent = paths.stream()
                .filter(exchange -> exchange.response().isEmpty()
                        || exchange.response().get().status() == 429)
                .count();
        if (2 * silent > paths.size()) {
            return Verdict.notChecked(silent + " of " + paths.size() + " sensitive paths got no answer or 429");
        }
        return Verdict.pass("None of " + paths.size() + " well-known sensitive paths is open"
                + (silent == 0 ? "" : "; " + silent + " got no answer or 429"));
    }
}
