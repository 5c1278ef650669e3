package dev.websentry.server.command;

import dev.websentry.engine.syntax.NearestName;
import java.util.Arrays;
import java.util.Optional;

/** The administration commands, with their arguments as the usage shows them. */
enum AdminCommand {
    SET_PLAN("set-plan", 2, 2, "EMAIL PLAN", "changes the plan of an account: free, pro or agency"),
    SET_ADMIN("set-admin", 1, 1, "EMAIL", "makes an account an administrator"),
    SET_PASSWORD(
            "set-password",
            1,
            1,
            "EMAIL",
            "reads a new password from standard input, sets it and ends the account's sessions"),
    AUDIT("audit", 0, 1, "[EMAIL]", "lists the latest audit events, of all accounts or of one"),
    BACKUP("backup", 1, 1, "FILE", "copies the SQLite database to a new file; the server may be running"),
    DISCARD_WEBHOOKS("discard-webhooks", 0, 0, "", "deletes all webhooks, if their encryption key is lost");

    private final String word;
    private final int minArguments;
    private final int maxArguments;
    private final String arguments;
    private final String description;

    AdminCommand(String word, int minArguments, int maxArguments, String arguments, String description) {
        this.word = word;
        this.minArguments = minArguments;
        this.maxArguments = maxArguments;
        this.arguments = arguments;
        this.description = description;
    }

    static Optional<AdminCommand> find(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word.equals(word))
                .findFirst();
    }

    /** Returns the command that a misspelled word probably means. */
    static Optional<String> nearest(String word) {
        return NearestName.of(
                word, Arrays.stream(values()).map(command -> command.word).toList());
    }

    boolean accepts(int count) {
        return count >= minArguments && count <= maxArguments;
    }

    /** Returns the line of the command in the usage. */
    String usage() {
        return "  %-21s %s".formatted((word + " " + arguments).strip(), description);
    }
}
