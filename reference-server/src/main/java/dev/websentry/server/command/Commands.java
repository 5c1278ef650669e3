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
 * The administrator's commands: {@code set-plan EMAIL PLAN}, {@code set-admin EMAIL}, {@code set-password EMAIL}, {@code
 * backup FILE}. They open the database that the server would, whether or not it runs, and nothing else.
 */
public final class Commands {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final String BACKUP = "backup";

    private static final String USAGE = """
            Usage: java -jar reference-server.jar [COMMAND]
              (nothing)            serves
              set-plan EMAIL PLAN  puts an account on a plan: free, pro or agency
              set-admin EMAIL      makes an account an administrator's
              set-password EMAIL   sets an account's password, read from standard input, and ends its sessions
              backup FILE          copies the SQLite database to a new file, while the server runs
            """;

    private Commands() {}

    /** Whether the first argument is a command: everything but Spring's own {@code --name=value}. */
    public static boolean isCommand(String[] args) {
        return args.length > 0 && (!args[0].startsWith("--") || args[0].equals("--help"));
    }

    /**
     * Runs a command.
     *
     * @return the exit code: 0 done, 1 refused, 2 not understood
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        List<String> words =
                List.of(args).stream().filter(word -> !word.startsWith("--")).toList();
        if (List.of(args).contains("--help") || words.contains("help")) {
            out.print(USAGE);
            return DONE;
        }
        if (!isUnderstood(words)) {
            err.print("Not understood: " + String.join(" ", words) + "\n" + USAGE);
            return MISUSED;
        }
        try (ConfigurableApplicationContext context = open(args, words.get(0).equals(BACKUP))) {
            out.println(answer(context, words, in));
            return DONE;
        } catch (IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static String answer(ConfigurableApplicationContext context, List<String> words, InputStream in)
            throws IOException {
        String first = words.get(1);
        return switch (words.get(0)) {
            case BACKUP -> context.getBean(Backup.class).to(first);
            case "set-plan" -> context.getBean(AccountCommands.class).setPlan(first, words.get(2));
            case "set-admin" -> context.getBean(AccountCommands.class).setAdmin(first);
            default -> context.getBean(AccountCommands.class).setPassword(first, firstLine(in));
        };
    }

    private static boolean isUnderstood(List<String> words) {
        return switch (words.isEmpty() ? "" : words.get(0)) {
            case "set-plan" -> words.size() == 3;
            case "set-admin", "set-password", BACKUP -> words.size() == 2;
            default -> false;
        };
    }

    /** @param asItIs without migrating, or even making, a database: what is backed up is what was there */
    private static ConfigurableApplicationContext open(String[] args, boolean asItIs) {
        String[] settings =
                List.of(args).stream().filter(word -> word.startsWith("--")).toArray(String[]::new);
        return new SpringApplicationBuilder(CommandConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(asItIs)
                .properties("logging.level.root=warn", "spring.flyway.enabled=" + !asItIs)
                .run(settings);
    }

    private static String firstLine(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isEmpty()) {
            throw new IllegalArgumentException("No password on standard input");
        }
        return line;
    }
}
