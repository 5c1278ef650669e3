package dev.websentry.server.command;

import dev.websentry.engine.syntax.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Command line of the administration commands. A command opens the configured database, whether or not the server is
 * running, and nothing else: no application context, because that takes most of the time of a start. Settings such as
 * {@code --websentry.data-dir=...} may stand before, between and after the words of the command. See ADR 69 and 86.
 */
public final class AdminCommandLine {
    private AdminCommandLine() {}

    /** Returns whether the arguments are a command, that is, not only settings such as {@code --name=value}. */
    public static boolean isCommand(String[] args) {
        return CommandArguments.of(args).isCommand();
    }

    /**
     * Runs a command.
     *
     * @param in standard input, from which passwords are read if there is no console
     * @return the exit code: 0 for success, 1 if the command failed, 2 for invalid arguments
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        CommandArguments arguments = CommandArguments.of(args);
        AdminCommands commands = new AdminCommands(arguments.settings(), PasswordReader.of(in), out);
        CommandLine line = new CommandLine(commands);
        // An annotation would pass the synopsis on to all commands.
        line.getCommandSpec().usageMessage().customSynopsis(AdminCommands.SYNOPSIS);
        return line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(AdminCommands.USAGE_WIDTH)
                .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                .setParameterExceptionHandler(AdminCommandLine::reportInvalidArguments)
                .setExecutionExceptionHandler(AdminCommandLine::reportFailure)
                .execute(arguments.words().toArray(String[]::new));
    }

    private static int reportInvalidArguments(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        boolean unknownCommand = e instanceof UnmatchedArgumentException unmatched
                && command.getParent() == null
                && !unmatched.isUnknownOption();
        command.getErr()
                .println(unknownCommand ? unknownCommand(command, args[0]) : e.getMessage() + "; " + helpHint(command));
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String unknownCommand(CommandLine all, String word) {
        return "Unknown command '" + word + "'; "
                + NearestName.of(word, List.copyOf(all.getSubcommands().keySet()))
                        .map(nearest -> "did you mean " + nearest + "? ")
                        .orElse("")
                + "--help lists all commands";
    }

    private static String helpHint(CommandLine command) {
        return command.getParent() == null
                ? "--help lists all commands"
                : command.getCommandName() + " --help describes the command";
    }

    /** Prints the message of an exception that is meant for the administrator; throws all others. */
    private static int reportFailure(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof IllegalArgumentException || e instanceof IOException) {
            command.getErr().println(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw e;
    }
}
