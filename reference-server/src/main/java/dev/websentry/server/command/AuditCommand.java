package dev.websentry.server.command;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.audit.JdbcAuditEventRepository;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.AuditEvent;

/** Lists the audit log, with e-mail addresses instead of ids of accounts that still exist. */
final class AuditCommand {
    private final JdbcAuditEventRepository events;
    private final AccountRepository accounts;
    private final Map<String, String> names = new HashMap<>();

    AuditCommand(JdbcAuditEventRepository events, AccountRepository accounts) {
        this.events = events;
        this.accounts = accounts;
    }

    /**
     * Returns one line for each event, the newest first.
     *
     * @param email the e-mail address of an account; null for all accounts
     */
    String list(@Nullable String email) {
        String account =
                email == null ? null : AccountCommands.find(accounts, email).id();
        String lines = events.find(account, null, null).stream().map(this::line).collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "No audit events" : lines;
    }

    private String line(AuditEvent event) {
        Map<String, Object> data = event.getData();
        return String.join(
                        "\t",
                        event.getTimestamp().toString(),
                        event.getType(),
                        name(event.getPrincipal()),
                        name(String.valueOf(data.get("subject"))),
                        String.valueOf(data.get("address")),
                        String.valueOf(data.get("details")))
                .stripTrailing();
    }

    private String name(String id) {
        return names.computeIfAbsent(
                id, unknown -> accounts.find(unknown).map(Account::email).orElse(unknown));
    }
}
