package dev.websentry.server.alert;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.server.alert.Subscription.EmailKind;
import dev.websentry.server.email.EmailComposer;
import dev.websentry.server.email.EmailMessage;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorScanRecorded;
import dev.websentry.server.monitor.MonitorScanRecorded.PreviousScan;
import dev.websentry.server.scan.CertificateValidity;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Composes the alerts and the summary. */
@Component
class AlertEmails {
    private static final int MAX_HOST_LENGTH = 100;

    /** Names of template variables. */
    private static final String SETTINGS = "settings";

    private static final String UNSUBSCRIBE = "unsubscribe";

    private final EmailComposer composer;
    private final UnsubscribeLinks unsubscribe;
    private final Clock clock;

    AlertEmails(EmailComposer composer, UnsubscribeLinks unsubscribe, Clock clock) {
        this.composer = composer;
        this.unsubscribe = unsubscribe;
        this.clock = clock;
    }

    EmailMessage gradeDropped(String recipient, MonitorScanRecorded recorded, PreviousScan previous) {
        String host = host(recorded.monitor().url());
        String grade = recorded.grade().label();
        Map<String, Object> variables = new HashMap<>(monitor(recorded));
        variables.put("previousGrade", previous.grade().label());
        variables.put("grade", grade);
        variables.put("score", recorded.scan().gradeSummary().orElseThrow().score());
        variables.put(
                "comparison",
                previous.scanId()
                        .map(id -> composer.link("/history/compare?before=" + id + "&now="
                                + recorded.scan().id()))
                        .orElse(""));
        return compose(
                recipient,
                host + " dropped from grade " + previous.grade().label() + " to " + grade,
                "grade-dropped",
                variables);
    }

    /** @param threshold in days; 0 if the certificate has expired */
    EmailMessage certificateExpires(
            String recipient, MonitorScanRecorded recorded, CertificateValidity certificate, int threshold) {
        long days = Duration.between(clock.instant(), certificate.expiresAt()).toDays();
        boolean expired = threshold == CertificateThreshold.EXPIRED;
        String when = days == 0 ? "in less than a day" : days == 1 ? "in 1 day" : "in " + days + " days";
        Map<String, Object> variables = new HashMap<>(monitor(recorded));
        variables.put("expired", expired);
        variables.put("when", when);
        variables.put("expires", EmailComposer.format(certificate.expiresAt()));
        return compose(
                recipient,
                "The certificate of " + host(recorded.monitor().url())
                        + (expired ? " has expired" : " expires " + when),
                "certificate-expires",
                variables);
    }

    EmailMessage summary(String recipient, String accountId, List<SummaryLine> lines) {
        Subscription subscription = new Subscription(EmailKind.SUMMARY, accountId, Optional.empty());
        return compose(
                recipient,
                "Weekly summary of " + lines.size() + (lines.size() == 1 ? " monitored site" : " monitored sites"),
                "weekly-summary",
                Map.of(
                        "monitors",
                        lines,
                        SETTINGS,
                        composer.link("/account/email"),
                        UNSUBSCRIBE,
                        unsubscribe.create(subscription)));
    }

    private EmailMessage compose(String recipient, String subject, String template, Map<String, Object> variables) {
        return composer.compose(recipient, subject, template, variables)
                .withUnsubscribeUrl(String.valueOf(variables.get(UNSUBSCRIBE)));
    }

    private Map<String, Object> monitor(MonitorScanRecorded recorded) {
        Monitor monitor = recorded.monitor();
        Subscription subscription = new Subscription(EmailKind.ALERTS, monitor.accountId(), Optional.of(monitor.id()));
        return Map.of(
                "url",
                ForeignText.escape(recorded.monitor().url()),
                "host",
                host(recorded.monitor().url()),
                "report",
                reportLink(recorded.scan().id()),
                SETTINGS,
                composer.link("/account/email"),
                UNSUBSCRIBE,
                unsubscribe.create(subscription));
    }

    String reportLink(String scanId) {
        return composer.link("/scans/" + scanId);
    }

    /** Returns the host of a monitor for a subject. */
    static String host(String url) {
        try {
            return Excerpt.of(Target.parse(url).host().toUrlHost(), MAX_HOST_LENGTH);
        } catch (InvalidTargetException e) {
            // Monitors have valid URLs, unless the rules change.
            return "a monitored site";
        }
    }

    /**
     * A row of the summary.
     *
     * @param grade the current grade; a dash if there is none
     * @param change what changed in the last week, such as "was A"; empty if nothing
     * @param certificate when the certificate expires; empty if unknown
     * @param problem why the last scan failed, or that the monitor is paused; empty if neither
     * @param report URL of the last report; empty if there is none
     */
    public record SummaryLine(
            String url, String grade, String change, String certificate, String problem, String report) {}
}
