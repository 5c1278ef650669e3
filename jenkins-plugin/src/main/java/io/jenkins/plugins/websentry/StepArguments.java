package io.jenkins.plugins.websentry;

import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.NearestName;
import hudson.AbortException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jspecify.annotations.Nullable;

/**
 * Checks and converts the arguments that a script passes to the step, so that a mistake is an error of one line.
 * Otherwise Jenkins ignores unknown names, and explains wrong types with the names of Java classes.
 */
final class StepArguments {
    private static final String OPTIONS = "options";
    private static final int MAX_SHOWN = 100;

    private StepArguments() {}

    /**
     * Checks the arguments, also those within {@code options}, and converts texts to the types of the settings.
     *
     * @return the arguments that are not null
     * @throws AbortException if a name is unknown, or if a value has a wrong type
     */
    static Map<String, Object> normalize(Map<String, Object> arguments) throws AbortException {
        return normalize(arguments, DescribableModel.of(WebSentryStep.class));
    }

    private static Map<String, Object> normalize(Map<?, ?> arguments, DescribableModel<?> model)
            throws AbortException {
        Map<String, Object> normalized = new LinkedHashMap<>();
        for (Map.Entry<?, ?> argument : arguments.entrySet()) {
            String name = String.valueOf(argument.getKey());
            DescribableParameter parameter = model.getParameter(name);
            if (parameter == null) {
                throw new AbortException(unknown(name, model));
            }
            Object value = value(name, argument.getValue(), parameter.getErasedType());
            if (value != null) {
                normalized.put(name, value);
            }
        }
        return normalized;
    }

    private static String unknown(String name, DescribableModel<?> model) {
        Set<String> known = model.getParameters().stream()
                .map(DescribableParameter::getName)
                .collect(Collectors.toSet());
        String shown = shorten(name);
        return NearestName.of(name, known)
                .map(nearest -> Messages.unknownSettingNearest(shown, nearest))
                .orElseGet(() -> Messages.unknownSetting(shown));
    }

    private static @Nullable Object value(String name, @Nullable Object value, Class<?> type) throws AbortException {
        if (value == null) {
            return null;
        }
        if (name.equals(OPTIONS)) {
            return options(value);
        }
        if (List.class.isAssignableFrom(type)) {
            return texts(name, value);
        }
        if (type == boolean.class) {
            return truth(name, value);
        }
        if (type == Integer.class) {
            return number(name, value);
        }
        if (type == String.class && !(value instanceof CharSequence)) {
            throw new AbortException(Messages.textRequired(name, shorten(value)));
        }
        return type == String.class ? value.toString() : value;
    }

    private static Object options(Object value) throws AbortException {
        if (value instanceof Map<?, ?> options) {
            return normalize(options, DescribableModel.of(AdvancedOptions.class));
        }
        if (value instanceof AdvancedOptions) {
            return value;
        }
        throw new AbortException(Messages.optionsRequired(shorten(value)));
    }

    private static List<String> texts(String name, Object value) throws AbortException {
        List<?> elements = value instanceof List<?> list ? list : List.of(value);
        for (Object element : elements) {
            if (!(element instanceof CharSequence)) {
                throw new AbortException(Messages.textsRequired(name, shorten(element)));
            }
        }
        return LineSplitter.split(elements.stream().map(String::valueOf).toList());
    }

    private static Boolean truth(String name, Object value) throws AbortException {
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new AbortException(Messages.truthRequired(name, shorten(value)));
        };
    }

    private static Integer number(String name, Object value) throws AbortException {
        try {
            return Integer.valueOf(value.toString().strip());
        } catch (NumberFormatException e) {
            throw new AbortException(Messages.numberRequired(name, shorten(value)));
        }
    }

    private static String shorten(@Nullable Object value) {
        return TextSanitizer.singleLine(Excerpt.of(String.valueOf(value), MAX_SHOWN));
    }
}
