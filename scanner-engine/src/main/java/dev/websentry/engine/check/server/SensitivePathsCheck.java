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

/** Checks that well-known sensitive files are not publicly accessible. */
final class SensitivePathsCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "server.sensitive-paths", "Sensitive Paths", Category.SERVER, 4)
            .describe("No well-known path exposes repositories, secrets, keys, backups or management pages.")
            .remedy(Remediation.of(
                            "Remove the file from the served directory, and replace every secret that it contained."
                                    + " Then deny access to such paths, and serve management endpoints on a separate port.")
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

    private record ExposedPath(Exchange exchange, Response response, Signature signature) {
        String path() {
            return exchange.url().encodedPath();
        }

        /** Returns the request, the status and the content type, without the body, which is the secret. */
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
            return Verdict.notApplicable("Disabled: probePaths is false, so no sensitive paths were requested");
        }
        List<ExposedPath> exposed = exposed(leakage);
        return exposed.isEmpty() ? noneExposed(leakage.paths()) : exposedVerdict(exposed);
    }

    private static List<ExposedPath> exposed(LeakageAnswers leakage) {
        Ordinariness ordinary = new Ordinariness(leakage.ordinary());
        List<ExposedPath> exposed = new ArrayList<>();
        for (Exchange exchange : leakage.paths()) {
            Signature signature = Signatures.BY_PATH.get(exchange.url().encodedPath());
            Response response = exchange.response().orElse(null);
            if (signature != null
                    && response != null
                    && (response.status() == 200 || response.status() == 206)
                    && signature.matches(response)
                    && !ordinary.covers(exchange.url(), response)) {
                exposed.add(new ExposedPath(exchange, response, signature));
            }
        }
        return exposed;
    }

    private static Verdict exposedVerdict(List<ExposedPath> exposed) {
        Set<String> paths = exposed.stream().map(ExposedPath::path).collect(Collectors.toSet());
        boolean repository = paths.contains(Signatures.GIT_HEAD) && paths.contains(Signatures.GIT_CONFIG);
        boolean heapDump = exposed.stream()
                .anyMatch(path -> path.path().equals(Signatures.ACTUATOR)
                        && Signatures.HEAP_DUMP
                                .matcher(path.response().body().text())
                                .find());
        List<String> critical = new ArrayList<>(exposed.stream()
                .filter(path -> path.signature().gravity() == Gravity.CRITICAL)
                .map(path -> path.path() + " (" + path.signature().what() + ")")
                .toList());
        if (repository) {
            critical.add(0, "/.git (a Git repository)");
        }
        if (heapDump) {
            critical.add("/actuator/heapdump (listed in the index, not requested)");
        }
        List<String> evidence =
                exposed.stream().limit(10).map(ExposedPath::evidence).toList();
        if (critical.isEmpty()) {
            ExposedPath first = exposed.get(0);
            return Verdict.warn("Publicly accessible: " + first.path() + " ("
                            + first.signature().what() + ")" + more(exposed.size()))
                    .evidence(evidence);
        }
        String worst = critical.get(0) + more(critical.size());
        return Verdict.fail("Publicly accessible secrets: " + worst)
                .evidence(evidence)
                .cap(Cap.F, "publicly accessible secret: " + critical.get(0));
    }

    private static String more(int count) {
        return count > 1 ? " and " + (count - 1) + " more" : "";
    }

    private static Verdict noneExposed(List<Exchange> paths) {
        long unanswered = paths.stream()
                .filter(exchange -> exchange.response().isEmpty()
                        || exchange.response().get().status() == 429)
                .count();
        if (2 * unanswered > paths.size()) {
            return Verdict.notChecked(
                    unanswered + " of " + paths.size() + " sensitive paths had no response or status 429");
        }
        return Verdict.pass("None of the " + paths.size() + " well-known sensitive paths is publicly accessible"
                + (unanswered == 0 ? "" : "; " + unanswered + " had no response or status 429"));
    }
}
