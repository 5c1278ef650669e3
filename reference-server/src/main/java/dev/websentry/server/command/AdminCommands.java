package dev.websentry.server.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The administration commands with their arguments. Each method is a command; its result is the exit code. */
@Command(
        name = "java -jar reference-server.jar",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = AdminCommands.JarVersion.class,
        description = {
            "Without a command, starts the server. Settings such as --websentry.data-dir=/var/lib/websentry may"
                    + " stand anywhere; docs/server.md lists them.",
            ""
        },
        commandListHeading = "%nCommands:%n")
final class AdminCommands {
    static final int USAGE_WIDTH = 100;
    static final String SYNOPSIS = "java -jar reference-server.jar [--SETTING=VALUE...] [COMMAND]";

    private static final int SUCCESS = 0;
    private static final String EMAIL = "e-mail address of the account";

    private final String[] settings;
    private final PasswordReader passwords;
    private final PrintStream out;

    AdminCommands(List<String> settings, PasswordReader passwords, PrintStream out) {
        this.settings = settings.toArray(String[]::new);
        this.passwords = passwords;
        this.out = out;
    }

    @Command(
            name = "create-account",
            description = "Creates an account. Reads its password from the console or from standard input.")
    int createAccount(
            @Parameters(paramLabel = "EMAIL", description = EMAIL) String email,
            @Option(names = "--admin", description = "make the account an administrator, on the agency plan")
                    boolean admin,
            @Option(
                            names = "--plan",
                            paramLabel = "PLAN",
                            description = "free, pro or agency; without it, that of the setting websentry.default-plan")
                    @Nullable
                    String plan)
            throws IOException {
        CommandDatabase database = database();
        return print(database.accounts().create(email, database.plan(plan, admin), admin, passwords));
    }

    @Command(name = "delete-account", description = "Deletes an account with its scans, API keys and monitors.")
    int deleteAccount(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) {
        return print(database().accounts().delete(email));
    }

    @Command(name = "set-plan", description = "Changes the plan of an account.")
    int setPlan(
            @Parameters(paramLabel = "EMAIL", description = EMAIL) String email,
            @Parameters(paramLabel = "PLAN", description = "free, pro or agency") String plan) {
        return print(database().accounts().setPlan(email, plan));
    }

    @Command(name = "set-admin", description = "Makes an account an administrator.")
    int setAdmin(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) {
        return print(database().accounts().setAdmin(email));
    }

    @Command(
            name = "unset-admin",
            description = "Makes an administrator a normal account again. The last administrator stays one.")
    int unsetAdmin(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) {
        return print(database().accounts().unsetAdmin(email));
    }

    @Command(
            name = "set-password",
            description = "Sets a new password, which is read from the console or from standard input, and ends the"
                    + " sessions of the account.")
    int setPassword(@Parameters(paramLabel = "EMAIL", description = EMAIL) String email) throws IOException {
        return print(database().accounts().setPassword(email, passwords));
    }

    @Command(name = "audit", description = "Lists the latest audit events, of all accounts or of one.")
    int audit(@Parameters(paramLabel = "EMAIL", arity = "0..1", description = EMAIL) @Nullable String email) {
        return print(database().audit().list(email));
    }

    @Command(name = "backup", description = "Copies the SQLite database. The server may be running.")
    int backUp(@Parameters(paramLabel = "FILE", description = "path of a new file") String file) throws IOException {
        return print(database().backup().backUp(file));
    }

    @Command(name = "discard-webhooks", description = "Deletes all webhooks, if their encryption key is lost.")
    int discardWebhooks() {
        return print(database().accounts().discardWebhooks());
    }

    private CommandDatabase database() {
        return CommandDatabase.open(settings);
    }

    private int print(String line) {
        out.println(line);
        return SUCCESS;
    }

    /** Reads the version from the manifest of the jar. */
    static final class JarVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = AdminCommands.class.getPackage().getImplementationVersion();
            return new String[] {"WebSentry " + (version == null ? "(unknown version)" : version)};
        }
    }
}
