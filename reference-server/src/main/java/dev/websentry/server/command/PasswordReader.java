package dev.websentry.server.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads new passwords: twice from the console, which does not show them, or as one line from standard input. They are
 * never arguments, because other users can see the arguments of a process.
 */
interface PasswordReader {
    /**
     * Reads a password.
     *
     * @throws IllegalArgumentException if there is none; the message is for the administrator
     */
    String read() throws IOException;

    /** Returns the reader of the console if the input is that of a terminal, otherwise one of the input. */
    @SuppressWarnings(
            "SystemConsoleNull") // Null up to Java 21 without a terminal; isTerminal decides in Java 22 and later
    static PasswordReader of(InputStream in) {
        Console console = System.console();
        return console != null && in == System.in && isTerminal(console) ? ofConsole(console) : ofStream(in);
    }

    /** Returns {@code Console.isTerminal()} of Java 22; older versions have a console only if it is a terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot ask whether the console is a terminal", e);
        }
    }

    private static PasswordReader ofConsole(Console console) {
        return () -> {
            char[] first = console.readPassword("New password: ");
            char[] second = console.readPassword("Repeat the password: ");
            if (first == null || second == null || first.length == 0) {
                throw new IllegalArgumentException("No password was entered");
            }
            if (!Arrays.equals(first, second)) {
                throw new IllegalArgumentException("The passwords differ; run the command again");
            }
            return new String(first);
        };
    }

    private static PasswordReader ofStream(InputStream in) {
        return () -> {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new IllegalArgumentException("No password on standard input; enter it as one line");
            }
            return line;
        };
    }
}
