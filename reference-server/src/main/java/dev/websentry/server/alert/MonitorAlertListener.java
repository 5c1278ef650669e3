package dev.websentry.server.alert;

import dev.websentry.server.email.EmailPreference;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.email.EmailService;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorScanRecorded;
import dev.websentry.server.scan.ScanQueryService;
import dev.websentry.server.webhook.GradeDropped;
import dev.websentry.server.webhook.WebhookNotificationService;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Queues alerts about a recorded scan of a monitor, in the transaction that records it. */
@Component
class MonitorAlertListener {
    private final WebhookNotificationService webhooks;
    private final EmailService emails;
    private final AlertEmails composer;
    private final AlertStore store;
    private final Clock clock;

    MonitorAlertListener(
            WebhookNotificationService webhooks,
            EmailService emails,
            AlertEmails composer,
            AlertStore store,
            Clock clock) {
        this.webhooks = webhooks;
        this.emails = emails;
        this.composer = composer;
        this.store = store;
        this.clock = clock;
    }

    /** The tables that alerts read and write. */
    @Component
    record AlertStore(
            EmailPreferenceRepository preferences, CertificateAlertRepository certificates, ScanQueryService scans) {}

    @EventListener
    void queueAlerts(MonitorScanRecorded recorded) {
        recorded.betterPrevious()
                .ifPresent(previous -> webhooks.notifyGradeDropped(
                        recorded.monitor().accountId(),
                        gradeDropped(recorded, previous.grade().label())));
        if (!emails.enabled()) {
            return;
        }
        Optional<String> recipient = store.preferences()
                .find(recorded.monitor().accountId())
                .filter(EmailPreference::alerts)
                .map(EmailPreference::email);
        recipient.ifPresent(address -> {
            recorded.betterPrevious()
                    .ifPresent(previous -> emails.send(composer.gradeDropped(address, recorded, previous)));
            alertAboutCertificate(address, recorded);
        });
    }

    private void alertAboutCertificate(String address, MonitorScanRecorded recorded) {
        store.scans().certificate(recorded.scan().id()).ifPresent(certificate -> {
            List<Integer> reached = CertificateThreshold.reached(certificate, clock.instant());
            if (!reached.isEmpty()
                    && store.certificates().record(recorded.monitor().id(), certificate.expiresAt(), reached)) {
                emails.send(composer.certificateExpires(address, recorded, certificate, reached.get(0)));
            }
        });
    }

    private static GradeDropped gradeDropped(MonitorScanRecorded recorded, String previousGrade) {
        Monitor monitor = recorded.monitor();
        return new GradeDropped(
                new GradeDropped.MonitorReference(
                        monitor.id(), monitor.url(), monitor.frequency().wireName()),
                previousGrade,
                recorded.grade().label(),
                recorded.scan().gradeSummary().orElseThrow().score(),
                recorded.scan().id());
    }
}
