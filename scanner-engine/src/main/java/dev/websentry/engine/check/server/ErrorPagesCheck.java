package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that error pages and directories do not disclose internal details. */
final class ErrorPagesCheck implements Check {
    private static final Pattern VERSION = Pattern.compile(
            "\\b(?:nginx|openresty|Apache(?: Tomcat)?|Tomcat|lighttpd|Jetty(?::/)?|Microsoft-IIS|LiteSpeed|WildFly|JBoss\\S*"
                    + "|GlassFish[^<\\d]{0,40}|WebLogic[^<\\d]{0,20}|Werkzeug|Phusion Passenger|Undertow|PHP|squid|Varnish)"
                    + "[/ ]v?\\d+(?:\\.[0-9A-Za-z_-]+)+");

    private static final List<Pattern> LISTING = List.of(
            Pattern.compile("<title>Index of /[^<]*</title>", Pattern.CASE_INSENSITIVE),
            Pattern.compile("<title>Directory listing for /[^<]*</title>", Pattern.CASE_INSENSITIVE),
            Pattern.compile("<title>Directory Listing For \\[?/", Pattern.CASE_INSENSITIVE),
            Pattern.compile("<title>Directory: /", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\[To Parent Directory]</a>", Pattern.CASE_INSENSITIVE));

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "server.error-pages", "Error Pages", CheckCategory.SERVER, 2)
            .description("Error pages show neither stack traces nor versions, and directory listings are disabled.")
            .remediation(
                    Remediation.of("Serve custom error pages, disable debug modes in production, and disable directory"
                                    + " listings.")
                            .nginx("""
                            server_tokens off;
                            autoindex off;
                            error_page 400 404 /404.html;
                            error_page 500 502 503 504 /50x.html;
                            proxy_intercept_errors on;""")
                            .apache("""
                            ServerSignature Off
                            ServerTokens Prod
                            ErrorDocument 400 /404.html
                            ErrorDocument 404 /404.html
                            ErrorDocument 500 /50x.html
                            <Directory "/var/www">
                                Options -Indexes
                            </Directory>""")
                            .withConfig("Spring Boot application.properties", """
                            # Spring Boot 4: spring.web.error.* instead of server.error.*
                            server.error.include-stacktrace=never
                            server.error.include-message=never
                            server.error.include-exception=false"""))
            .references(
                    "https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/08-Testing_for_Error_Handling/01-Testing_For_Improper_Error_Handling",
                    "https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        LeakageResponses leakage = seen.site().leakage().value();
        List<HttpExchange> errors = new ArrayList<>(List.of(leakage.error()));
        errors.addAll(leakage.ordinary().canaries());
        // A page that is served for every path can show a stack trace as its subject.
        errors.removeIf(error ->
                error.response().map(response -> response.status() < 400).orElse(true));
        for (HttpExchange error : errors) {
            Optional<String> stackTrace = StackTraceDetector.find(body(error));
            if (stackTrace.isPresent()) {
                return CheckVerdict.fail("An error page shows a stack trace or debug information")
                        .evidence(List.of(line(error), Excerpt.evidenceLine(stackTrace.get())));
            }
        }
        for (HttpExchange directory : directories(leakage)) {
            Optional<String> listing = find(LISTING, directory);
            if (listing.isPresent()) {
                return CheckVerdict.warn("Directory listing: "
                                + Excerpt.inSentence(directory.url().encodedPath()))
                        .evidence(List.of(line(directory), Excerpt.evidenceLine(listing.get())));
            }
        }
        for (HttpExchange error : errors) {
            Optional<String> version = find(List.of(VERSION), error);
            if (version.isPresent()) {
                return CheckVerdict.warn("An error page discloses a version: " + Excerpt.inSentence(version.get()))
                        .evidence(List.of(line(error), Excerpt.evidenceLine(version.get())));
            }
        }
        return leakage.error().failure().isPresent() && errors.isEmpty()
                ? CheckVerdict.notChecked("no error page was observed: "
                        + leakage.error().failure().get().detail())
                : CheckVerdict.pass("No stack trace, version or directory listing in "
                        + Quantity.of(errors.size(), "error response") + " and "
                        + Quantity.of(directories(leakage).size(), "directory", "directories"));
    }

    private static List<HttpExchange> directories(LeakageResponses leakage) {
        List<HttpExchange> all = new ArrayList<>(List.of(leakage.ordinary().root()));
        all.addAll(leakage.directories());
        all.removeIf(directory ->
                directory.response().map(response -> response.status() != 200).orElse(true));
        return all;
    }

    private static Optional<String> find(List<Pattern> patterns, HttpExchange exchange) {
        String body = body(exchange);
        return patterns.stream()
                .map(pattern -> pattern.matcher(body))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }

    private static String body(HttpExchange exchange) {
        return exchange.response().map(response -> response.body().text()).orElse("");
    }

    private static String line(HttpExchange exchange) {
        return Excerpt.evidenceLine("GET " + exchange.url() + " -> "
                + exchange.response().map(HttpExchange.Response::status).orElse(0));
    }
}
