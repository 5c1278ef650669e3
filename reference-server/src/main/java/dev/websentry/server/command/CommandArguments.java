package dev.websentry.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The arguments of the process, separated into settings and the words of a command.
 *
 * @param settings arguments such as {@code --websentry.data-dir=...}
 * @param words the command with its arguments and options
 */
record CommandArguments(List<String> settings, List<String> words) {
    /** Names of settings contain dots, which the names of options do not. */
    private static final Predicate<String> SETTING =
            Pattern.compile("--[^=]*\\..*", Pattern.DOTALL).asMatchPredicate();

    /** Flags of Spring Boot without a dot. */
    private static final Set<String> FLAGS = Set.of("--debug", "--trace");

    private static final Set<String> HELP = Set.of("--help", "--version");

    CommandArguments {
        settings = List.copyOf(settings);
        words = List.copyOf(words);
    }

    static CommandArguments of(String[] arguments) {
        List<String> settings = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String argument : arguments) {
            (SETTING.test(argument) || FLAGS.contains(argument) ? settings : words).add(argument);
        }
        return new CommandArguments(settings, options(words));
    }

    /** Replaces the commands {@code help}, {@code help COMMAND} and {@code version} by the options. */
    private static List<String> options(List<String> words) {
        if (words.equals(List.of("version"))) {
            return List.of("--version");
        }
        if (!words.isEmpty() && words.get(0).equals("help")) {
            List<String> rest = new ArrayList<>(words.subList(1, words.size()));
            rest.add("--help");
            return rest;
        }
        return words;
    }

    /** Returns whether there is a command or a request for help, and not only settings. */
    boolean isCommand() {
        return words.stream().anyMatch(word -> !word.startsWith("--") || HELP.contains(word));
    }
}
