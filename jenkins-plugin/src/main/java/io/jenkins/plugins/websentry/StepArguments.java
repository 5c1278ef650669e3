package io.jenkins.plugins.websentry;

import dev.websentry.engine.output.wording.TextSanitizer;
import hudson.AbortException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Normalizes and checks the arguments that a script passes to the step. */
final class StepArguments {
    private static final Set<String> LISTS = Set.of("urls", "formats", "dnsServers", "resolve", "dkimSelectors");

    private StepArguments() {}

    /**
     * Replaces a text by a list where the step expects one, also within {@code options}.
     *
     * @throws AbortException if an argument has a wrong type
     */
    static Map<String, Object> normalize(Map<String, Object> arguments) throws AbortException {
        Map<String, Object> normalized = new LinkedHashMap<>();
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            normalized.put(argument.getKey(), normalize(argument.getKey(), argument.getValue()));
        }
        return normalized;
    }

    private static Object normalize(String name, Object value) throws AbortException {
        if (name.equals("options") && value instanceof Map<?, ?> options) {
            Map<String, Object> normalized = new LinkedHashMap<>();
            for (Map.Entry<?, ?> option : options.entrySet()) {
                String key = String.valueOf(option.getKey());
                normalized.put(key, normalize(key, option.getValue()));
            }
            return normalized;
        }
        if (!LISTS.contains(name) || value == null) {
            return value;
        }
        List<?> elements = value instanceof List<?> list ? list : List.of(value);
        for (Object element : elements) {
            if (!(element instanceof CharSequence)) {
                throw new AbortException(Messages.wrongElement(name));
            }
        }
        return LineSplitter.split(elements.stream().map(String::valueOf).toList());
    }

    /** Returns the message for an argument that the step cannot be created from. */
    static String message(RuntimeException problem) {
        String text = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        return Messages.wrongArgument(TextSanitizer.singleLine(text));
    }
}
