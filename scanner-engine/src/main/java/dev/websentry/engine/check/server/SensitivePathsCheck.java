package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.server.SensitiveFileSignatures.ExposureSeverity;
import dev.websentry.engine.check.server.SensitiveFileSignatures.SensitiveFileSignature;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.syntax.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that well-known sensitive files are not publicly accessible. */
final class SensitivePathsCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "server.sensitive-paths", "Sensitive Paths", CheckCategory.SERVER, 4)
            .description("No well-known path exposes repositories, secrets, keys, backups or management pages.")
            .remediation(Remediation.of(
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
                    .springSecurity("""
                            http.authorizeHttpRequests(requests -> requests
                                .requestMatchers("/actuator/health").permitAll()
                                .requestMatchers("/actuator/**").hasRole("OPERATOR"));
                            // application.properties: management.endpoints.web.exposure.include=health""")
                    .caddy("""
                            @hidden {
                                path_regexp /\\.
                                not path /.well-known/*
                            }
                            respond @hidden 404
                            @private path *.sql *.bak *.old *.key *.pem *.zip *.tar *.gz /actuator* /server-status /WEB-INF/*
                            respond @private 404""")
                    .haproxy("""
                            acl hidden path_sub /.
                            acl well_known path_beg /.well-known/
                            acl backup path_end -i .sql .bak .old .key .pem .zip .tar .gz
                            acl management path_beg /actuator /server-status /WEB-INF
                            http-request return status 404 if hidden !well_known
                            http-request return status 404 if backup or management"""))
            .references(
                    "https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/02-Configuration_and_Deployment_Management_Testing/04-Review_Old_Backup_and_Unreferenced_Files_for_Sensitive_Information",
                    "https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.security")
            .build();

    private record ExposedPath(HttpExchange exchange, Response response, SensitiveFileSignature signature) {
        String path() {
            return exchange.url().encodedPath();
        }

        /** Returns the request, the status and the content type, without the body, which is the secret. */
        String evidence() {
            return Excerpt.evidenceLine("GET " + exchange.url() + " -> " + response.status() + ", "
                    + response.headers().first("Content-Type").orElse("no content type") + ": "
                    + signature.description());
        }
    }

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        LeakageResponses leakage = seen.site().leakage().value();
        if (leakage.paths().isEmpty()) {
            return CheckVerdict.notApplicable("Disabled: probePaths is false, so no sensitive paths were requested");
        }
        List<ExposedPath> exposed = exposed(leakage);
        return exposed.isEmpty() ? noneExposed(leakage.paths()) : exposedVerdict(exposed);
    }

    private static List<ExposedPath> exposed(LeakageResponses leakage) {
        SoftNotFoundDetector ordinary = new SoftNotFoundDetector(leakage.ordinary());
        List<ExposedPath> exposed = new ArrayList<>();
        for (HttpExchange exchange : leakage.paths()) {
            SensitiveFileSignature signature =
                    SensitiveFileSignatures.BY_PATH.get(exchange.url().encodedPath());
            Response response = exchange.response().orElse(null);
            if (signature != null
                    && response != null
                    && (response.status() == 200 || response.status() == 206)
                    && signature.matches(response)
                    && !ordinary.isSoftNotFound(exchange.url(), response)) {
                exposed.add(new ExposedPath(exchange, response, signature));
            }
        }
        return exposed;
    }

    private static CheckVerdict exposedVerdict(List<ExposedPath> exposed) {
        Set<String> paths = exposed.stream().map(ExposedPath::path).collect(Collectors.toSet());
        boolean repository =
                paths.contains(SensitiveFileSignatures.GIT_HEAD) && paths.contains(SensitiveFileSignatures.GIT_CONFIG);
        boolean heapDump = exposed.stream()
                .anyMatch(path -> path.path().equals(SensitiveFileSignatures.ACTUATOR_INDEX)
                        && SensitiveFileSignatures.HEAP_DUMP
                                .matcher(path.response().body().text())
                                .find());
        List<String> critical = new ArrayList<>(exposed.stream()
                .filter(path -> path.signature().severity() == ExposureSeverity.CRITICAL)
                .map(path -> path.path() + " (" + path.signature().description() + ")")
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
            return CheckVerdict.warn("Publicly accessible: " + first.path() + " ("
                            + first.signature().description() + ")" + more(exposed.size()))
                    .evidence(evidence);
        }
        String worst = critical.get(0) + more(critical.size());
        return CheckVerdict.fail("Publicly accessible secrets: " + worst)
                .evidence(evidence)
                .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "publicly accessible secret: " + critical.get(0));
    }

    private static String more(int count) {
        return count > 1 ? " and " + (count - 1) + " more" : "";
    }

    private static CheckVerdict noneExposed(List<HttpExchange> paths) {
        long unanswered = paths.stream()
                .filter(exchange -> exchange.response().isEmpty()
                        || exchange.response().get().status() == 429)
                .count();
        if (2 * unanswered > paths.size()) {
            return CheckVerdict.notChecked(
                    unanswered + " of " + paths.size() + " sensitive paths had no response or status 429");
        }
        return CheckVerdict.pass("None of the " + paths.size() + " well-known sensitive paths is publicly accessible"
                + (unanswered == 0 ? "" : "; " + unanswered + " had no response or status 429"));
    }
}
