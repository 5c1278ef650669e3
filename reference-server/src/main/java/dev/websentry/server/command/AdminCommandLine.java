package dev.websentry.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Command line of the administration commands: {@code set-plan EMAIL PLAN}, {@code set-admin EMAIL},
 * {@code set-password EMAIL}, {@code backup FILE}. A command opens the configured database, whether or not the server
 * is running, and nothing else.
 */
public final class AdminCommandLine {
    private static final int SUCCESS = 0;
    private static final int FAILED = 1;
    private static final int INVALID_ARGUMENTS = 2;

    private static final String BACKUP = "backup";

    private static final String USAGE = """
            Usage: java -jar reference-server.jar [COMMAND]
              (no command)         starts the server
              set-plan EMAIL PLAN  changes the plan of an account: free, pro or agency
              set-admin EMAIL      makes an account an administrator
              set-password EMAIL   reads a new password from standard input, sets it and ends the account's sessions
              backup FILE          copies the SQLite database to a new file; the server may be running
            """;

    private AdminCommandLine() {}

    /**
     * Returns whether the first argument is a command, that is, not a Spring Boot property such as
     * {@code --name=value}.
     */
    public static boolean isCommand(String[] args) {
        return args.length > 0 && (!args[0].startsWith("--") || args[0].equals("--help"));
    }

    /**
     * Runs a command.
     *
     * @return the exit code: 0 for success, 1 if the command failed, 2 for invalid arguments
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        List<String> words =
                List.of(args).stream().filter(word -> !word.startsWith("--")).toList();
        if (List.of(args).contains("--help") || words.contains("help")) {
            out.print(USAGE);
            return SUCCESS;
        }
        if (!isValid(words)) {
            err.print("Unknown command or wrong arguments: " + String.join(" ", words) + "\n" + USAGE);
            return INVALID_ARGUMENTS;
        }
        try (ConfigurableApplicationContext context = open(args, words.get(0).equals(BACKUP))) {
            out.println(execute(context, words, in));
            return SUCCESS;
        } catch (IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static String execute(ConfigurableApplicationContext context, List<String> words, InputStream in)
            throws IOException {
        String first = words.get(1);
        return switch (words.get(0)) {
            case BACKUP -> context.getBean(DatabaseBackup.class).backUp(first);
            case "set-plan" -> context.getBean(AccountCommands.class).setPlan(first, words.get(2));
            case "set-admin" -> context.getBean(AccountCommands.class).setAdmin(first);
            default -> context.getBean(AccountCommands.class).setPassword(first, firstLine(in));
        };
    }

    private static boolean isValid(List<String> words) {
        return switch (words.isEmpty() ? "" : words.get(0)) {
            case "set-plan" -> words.size() == 3;
            case "set-admin", "set-password", BACKUP -> words.size() == 2;
            default -> false;
        };
    }

    /**
     * Opens an application context with the beans for commands.
     *
     * @param readOnly neither migrates the database nor creates a missing one, because a backup must copy it unchanged
     */
    private static ConfigurableApplicationContext open(String[] args, boolean readOnly) {
        String[] settings =
                List.of(args).stream().filter(word -> word.startsWith("--")).toArray(String[]::new);
        return new SpringApplicationBuilder(CommandConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(readOnly)
                .properties("logging.level.root=warn", "spring.flyway.enabled=" + !readOnly)
                .run(settings);
    }

    private static String firstLine(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isEmpty()) {
            throw new IllegalArgumentException("No password on standard input; enter it as one line");
        }
        return line;
    }
}
