package dev.websentry.server.alert;

import dev.websentry.server.alert.AlertEmails.SummaryLine;
import dev.websentry.server.email.EmailComposer;
import dev.websentry.server.email.EmailPreference;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.email.EmailService;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorRepository;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanQueryService;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Queues the weekly summary of each account: one e-mail per account and week, in a transaction of its own. */
@Component
class WeeklySummary {
    /** One hour after the scans of monitors begin. */
    static final LocalTime TIME = LocalTime.of(7, 0);

    private static final int PAGE_SIZE = 100;

    private final EmailService emails;
    private final AlertEmails composer;
    private final SummaryStore store;
    private final TransactionTemplate transactions;

    WeeklySummary(EmailService emails, AlertEmails composer, SummaryStore store, TransactionTemplate transactions) {
        this.emails = emails;
        this.composer = composer;
        this.store = store;
        this.transactions = transactions;
    }

    /** The tables that the summary reads and writes. */
    @Component
    record SummaryStore(EmailPreferenceRepository preferences, MonitorRepository monitors, ScanQueryService scans) {}

    /** Queues the summaries that are due at a time and were not queued before. */
    void queueDue(Instant now) {
        if (!emails.enabled()) {
            return;
        }
        Instant monday = lastMonday(now);
        String after = "";
        List<String> page;
        do {
            page = store.preferences().findWithoutSummary(monday, after, PAGE_SIZE);
            for (String account : page) {
                queue(account, monday);
                after = account;
            }
        } while (page.size() == PAGE_SIZE);
    }

    private void queue(String accountId, Instant monday) {
        List<SummaryLine> lines = store.monitors().findByAccount(accountId).stream()
                .map(monitor -> line(monitor, monday))
                .toList();
        transactions.executeWithoutResult(status -> {
            boolean first = store.preferences().markSummarySent(accountId, monday);
            Optional<EmailPreference> preference = store.preferences().find(accountId);
            if (first && !lines.isEmpty()) {
                preference.ifPresent(to -> emails.send(composer.summary(to.email(), accountId, lines)));
            }
        });
    }

    private SummaryLine line(Monitor monitor, Instant monday) {
        Optional<String> grade = monitor.last().grade();
        Optional<String> before = store.scans()
                .lastBefore(monitor.id(), monday.minus(Duration.ofDays(7)))
                .flatMap(Scan::gradeSummary)
                .map(Scan.GradeSummary::grade);
        return new SummaryLine(
                ForeignText.escape(monitor.url()),
                grade.orElse("-"),
                before.filter(earlier -> grade.isPresent() && !earlier.equals(grade.get()))
                        .map(earlier -> "was " + earlier + " a week ago")
                        .orElse(""),
                monitor.last()
                        .scanId()
                        .flatMap(store.scans()::certificate)
                        .map(certificate -> EmailComposer.format(certificate.expiresAt()))
                        .orElse(""),
                monitor.active()
                        ? monitor.last().error().map(ForeignText::escape).orElse("")
                        : "The monitor is paused.",
                monitor.last().scanId().map(composer::reportLink).orElse(""));
    }

    private static Instant lastMonday(Instant now) {
        OffsetDateTime today = now.atOffset(ZoneOffset.UTC);
        OffsetDateTime monday =
                today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).with(TIME);
        return (monday.isAfter(today) ? monday.minusWeeks(1) : monday).toInstant();
    }
}
