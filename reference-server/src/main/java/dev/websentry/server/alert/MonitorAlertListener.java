package dev.websentry.server.alert;

import dev.websentry.server.email.EmailPreference;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.email.EmailService;
import dev.websentry.server.error.ApiTimestamps;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorScanRecorded;
import dev.websentry.server.scan.CertificateValidity;
import dev.websentry.server.scan.ScanQueryService;
import dev.websentry.server.webhook.CertificateExpires;
import dev.websentry.server.webhook.GradeDropped;
import dev.websentry.server.webhook.WebhookNotificationService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
        Optional<String> recipient = recipient(recorded.monitor());
        recorded.betterPrevious().ifPresent(previous -> {
            webhooks.notifyGradeDropped(
                    recorded.monitor().accountId(),
                    gradeDropped(recorded, previous.grade().label()));
            recipient.ifPresent(address -> emails.send(composer.gradeDropped(address, recorded, previous)));
        });
        store.scans()
                .certificate(recorded.scan().id())
                .ifPresent(certificate -> alertAboutCertificate(recipient, recorded, certificate));
    }

    /** Returns the address that receives alerts about a monitor. */
    private Optional<String> recipient(Monitor monitor) {
        return emails.enabled() && monitor.emailAlerts()
                ? store.preferences()
                        .find(monitor.accountId())
                        .filter(EmailPreference::alerts)
                        .map(EmailPreference::email)
                : Optional.empty();
    }

    private void alertAboutCertificate(
            Optional<String> recipient, MonitorScanRecorded recorded, CertificateValidity certificate) {
        List<Integer> reached = CertificateThreshold.reached(certificate, clock.instant());
        if (reached.isEmpty()) {
            return;
        }
        String monitorId = recorded.monitor().id();
        Instant end = certificate.expiresAt();
        recipient
                .filter(address -> store.certificates().record(AlertChannel.EMAIL, monitorId, end, reached))
                .ifPresent(address ->
                        emails.send(composer.certificateExpires(address, recorded, certificate, reached.get(0))));
        String accountId = recorded.monitor().accountId();
        // Without a webhook nothing is recorded, so that one that is set later still receives the alert.
        if (webhooks.isSet(accountId) && store.certificates().record(AlertChannel.WEBHOOK, monitorId, end, reached)) {
            webhooks.notifyCertificateExpires(accountId, certificateExpires(recorded, end, reached.get(0)));
        }
    }

    private static GradeDropped gradeDropped(MonitorScanRecorded recorded, String previousGrade) {
        return new GradeDropped(
                reference(recorded.monitor()),
                previousGrade,
                recorded.grade().label(),
                recorded.scan().gradeSummary().orElseThrow().score(),
                recorded.scan().id());
    }

    private CertificateExpires certificateExpires(MonitorScanRecorded recorded, Instant end, int threshold) {
        return new CertificateExpires(
                reference(recorded.monitor()),
                ApiTimestamps.format(end),
                Math.max(0, Duration.between(clock.instant(), end).toDays()),
                threshold == CertificateThreshold.EXPIRED,
                recorded.scan().id());
    }

    private static GradeDropped.MonitorReference reference(Monitor monitor) {
        return new GradeDropped.MonitorReference(
                monitor.id(), monitor.url(), monitor.frequency().wireName());
    }
}
