package dev.websentry.server.command;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.HmacBcryptPasswordEncoder;
import dev.websentry.server.account.Plan;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.audit.JdbcAuditEventRepository;
import dev.websentry.server.auth.AccountSessionRepository;
import dev.websentry.server.database.DatabaseConfiguration;
import dev.websentry.server.database.SchemaVersion;
import dev.websentry.server.monitor.MonitorLimitRepository;
import dev.websentry.server.settings.WebSentryProperties;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The configured database as commands use it: one connection per statement, without a pool and without migrations. */
final class CommandDatabase {
    private final WebSentryProperties settings;
    private final Clock clock = Clock.systemUTC();

    private CommandDatabase(WebSentryProperties settings) {
        this.settings = settings;
    }

    /**
     * Reads the settings.
     *
     * @param arguments the arguments of the command line
     * @throws IllegalArgumentException if a setting is invalid; the message is for the administrator
     */
    static CommandDatabase open(String[] arguments) {
        return new CommandDatabase(CommandSettings.read(arguments));
    }

    /**
     * Returns the plan of a new account.
     *
     * @param name name of the plan; null for the default of the settings, or that of administrators
     * @throws IllegalArgumentException if the plan does not exist
     */
    Plan plan(@Nullable String name, boolean admin) {
        if (name != null) {
            return Plan.parse(name);
        }
        return admin ? Plan.AGENCY : settings.defaultPlan();
    }

    AccountCommands accounts() {
        DataSource source = existing();
        JdbcClient db = JdbcClient.create(source);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        JdbcAuditEventRepository events = new JdbcAuditEventRepository(db);
        AuditLog audit = new AuditLog(
                event -> {
                    if (event instanceof AuditApplicationEvent published) {
                        events.add(published.getAuditEvent());
                    }
                },
                clock);
        return new AccountCommands(
                new AccountRepository(db, transactions, clock, List.of(new MonitorLimitRepository(db))),
                new HmacBcryptPasswordEncoder(),
                new AccountSessionRepository(db),
                audit,
                db);
    }

    AuditCommand audit() {
        JdbcClient db = JdbcClient.create(existing());
        return new AuditCommand(
                new JdbcAuditEventRepository(db),
                new AccountRepository(db, new TransactionTemplate(), clock, List.of()));
    }

    /** Works with a database of any schema version, because a backup precedes an upgrade. */
    DatabaseBackup backup() {
        return new DatabaseBackup(settings, () -> JdbcClient.create(DatabaseConfiguration.unpooled(settings)));
    }

    /**
     * Opens a database that exists and has the schema of this version.
     *
     * @throws IllegalArgumentException otherwise
     */
    private DataSource existing() {
        if (settings.db().url() == null) {
            DatabaseBackup.requireExists(DatabaseConfiguration.sqliteFile(settings));
        }
        DataSource source = DatabaseConfiguration.unpooled(settings);
        try {
            SchemaVersion.requireCurrent(JdbcClient.create(source));
        } catch (DataAccessException e) {
            throw new IllegalArgumentException("Cannot open the database: " + SchemaVersion.reason(e), e);
        }
        return source;
    }
}
