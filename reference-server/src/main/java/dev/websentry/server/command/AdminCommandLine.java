package dev.websentry.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;

/**
 * Command line of the administration commands. A command opens the configured database, whether or not the server is
 * running, and nothing else: no application context, because that takes most of the time of a start. Settings such as
 * {@code --websentry.data-dir=...} may stand before, between and after the words of the command.
 */
public final class AdminCommandLine {
    private static final int SUCCESS = 0;
    private static final int FAILED = 1;
    private static final int INVALID_ARGUMENTS = 2;

    private static final List<String> HELP = List.of("help", "-h");
    private static final List<String> VERSION = List.of("version", "-V");

    private AdminCommandLine() {}

    /** Returns whether the arguments are a command, that is, not only settings such as {@code --name=value}. */
    public static boolean isCommand(String[] args) {
        ApplicationArguments parsed = new DefaultApplicationArguments(args);
        return !parsed.getNonOptionArgs().isEmpty() || asks(parsed, HELP) || asks(parsed, VERSION);
    }

    /**
     * Runs a command.
     *
     * @return the exit code: 0 for success, 1 if the command failed, 2 for invalid arguments
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        ApplicationArguments parsed = new DefaultApplicationArguments(args);
        if (asks(parsed, HELP)) {
            out.print(usage());
            return SUCCESS;
        }
        if (asks(parsed, VERSION)) {
            out.println(
                    "WebSentry " + version(AdminCommandLine.class.getPackage().getImplementationVersion()));
            return SUCCESS;
        }
        List<String> words = parsed.getNonOptionArgs();
        AdminCommand command = AdminCommand.find(words.get(0)).orElse(null);
        if (command == null) {
            err.println("Unknown command '" + words.get(0) + "'; "
                    + AdminCommand.nearest(words.get(0))
                            .map(nearest -> "did you mean " + nearest + "? ")
                            .orElse("")
                    + "--help lists all commands");
            return INVALID_ARGUMENTS;
        }
        if (!command.accepts(words.size() - 1)) {
            err.print("Wrong arguments: " + String.join(" ", words) + "\n" + usage());
            return INVALID_ARGUMENTS;
        }
        return run(command, words.subList(1, words.size()), parsed, in, out, err);
    }

    private static int run(
            AdminCommand command,
            List<String> arguments,
            ApplicationArguments parsed,
            InputStream in,
            PrintStream out,
            PrintStream err) {
        try {
            CommandDatabase database = CommandDatabase.open(parsed.getSourceArgs());
            out.println(
                    switch (command) {
                        case SET_PLAN -> database.accounts().setPlan(arguments.get(0), arguments.get(1));
                        case SET_ADMIN -> database.accounts().setAdmin(arguments.get(0));
                        case SET_PASSWORD -> database.accounts().setPassword(arguments.get(0), firstLine(in));
                        case AUDIT -> database.audit().list(arguments);
                        case BACKUP -> database.backup().backUp(arguments.get(0));
                        case DISCARD_WEBHOOKS -> database.accounts().discardWebhooks();
                    });
            return SUCCESS;
        } catch (IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static boolean asks(ApplicationArguments parsed, List<String> names) {
        return names.stream()
                .anyMatch(name -> parsed.containsOption(name)
                        || parsed.getNonOptionArgs().stream()
                                .findFirst()
                                .filter(name::equals)
                                .isPresent());
    }

    private static String version(@Nullable String ofJar) {
        return ofJar == null ? "(unknown version)" : ofJar;
    }

    private static String usage() {
        return "Usage: java -jar reference-server.jar [--SETTING=VALUE...] [COMMAND]\n"
                + "  (no command)          starts the server\n"
                + Arrays.stream(AdminCommand.values())
                        .map(command -> command.usage() + "\n")
                        .collect(Collectors.joining())
                + "  --version             prints the version\n"
                + "  --help                prints this text\n";
    }

    private static String firstLine(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isEmpty()) {
            throw new IllegalArgumentException("No password on standard input; enter it as one line");
        }
        return line;
    }
}
