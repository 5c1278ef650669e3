package dev.websentry.server.export;

import dev.websentry.server.account.Account;
import dev.websentry.server.auth.AccountViewFactory;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ApiTimestamps;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.monitor.MonitorRepository;
import dev.websentry.server.monitor.MonitorView;
import dev.websentry.server.scan.CompletedScan;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.Scan.ScanState;
import dev.websentry.server.scan.ScanQueryService;
import dev.websentry.server.scan.ScanSlice;
import dev.websentry.server.webhook.WebhookService;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes all data of an account to a ZIP archive of JSON files. Scans are read in pages and reports one at a time, so
 * that the memory does not depend on their number. The archive contains no secret: no password, key or webhook secret.
 */
@Component
class AccountExport {
    private final AccountViewFactory accounts;
    private final ExportedTables tables;
    private final ScanQueryService scans;

    AccountExport(AccountViewFactory accounts, ExportedTables tables, ScanQueryService scans) {
        this.accounts = accounts;
        this.tables = tables;
        this.scans = scans;
    }

    /** Everything except for scans. */
    @Component
    record ExportedTables(
            ApiKeyRepository keys,
            MonitorRepository monitors,
            WebhookService webhooks,
            EmailPreferenceRepository preferences) {}

    /** Writes the archive and does not close the stream. */
    void write(Account account, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        add(zip, "account.json", accounts.create(account));
        add(zip, "email.json", tables.preferences().find(account.id()));
        add(zip, "keys.json", tables.keys().findByAccount(account.id()));
        add(
                zip,
                "monitors.json",
                tables.monitors().findByAccount(account.id()).stream()
                        .map(MonitorView::of)
                        .toList());
        add(zip, "webhook.json", tables.webhooks().find(account));
        Optional<String> next = Optional.empty();
        do {
            ScanSlice page =
                    scans.findSlice(account, new ScanSlice.ScanSliceQuery(Optional.empty(), next, ScanSlice.MAX_LIMIT));
            for (Scan scan : page.scans()) {
                addScan(zip, scan);
            }
            next = page.next();
        } while (next.isPresent());
        zip.finish();
    }

    private void addScan(ZipOutputStream zip, Scan scan) throws IOException {
        String name = "scans/" + scan.id() + ".json";
        if (scan.state() != ScanState.DONE) {
            add(zip, name, describe(scan));
            return;
        }
        try {
            CompletedScan done = scans.report(scan);
            add(zip, name, done.json());
        } catch (ApiException e) {
            // The scan was deleted after its page was read, as its retention period was over.
            add(zip, name, describe(scan));
        }
    }

    /** Describes a scan without a report. */
    private static Map<String, Object> describe(Scan scan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", scan.id());
        fields.put("url", scan.url());
        fields.put("state", scan.state().wire());
        scan.failure().ifPresent(failure -> fields.put("error", failure.message()));
        fields.put("created_at", ApiTimestamps.format(scan.createdAt()));
        return fields;
    }

    private static void add(ZipOutputStream zip, String name, Object value) throws IOException {
        add(zip, name, JsonMapper.shared().writeValueAsBytes(value));
    }

    private static void add(ZipOutputStream zip, String name, byte[] json) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(json);
        zip.closeEntry();
    }
}
