package dev.websentry.engine.job;

import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options as the user entered them, before parsing. All values are text, so that a mistyped flag such as {@code
 * flase} is an error and not silently false. Null and blank values are treated as not set. Not thread-safe.
 */
public final class RawOptions {
    /** Parses one value; throws an {@link IllegalArgumentException} that describes what is wrong with it. */
    interface OptionValueParser<T> {
        T parse(String text);
    }

    private final Map<Option, List<String>> texts = new EnumMap<>(Option.class);
    private final Function<Option, String> spelling;
    private Optional<BasicCredentials> auth = Optional.empty();
    private ProxyConfiguration proxies = ProxyConfiguration.NONE;
    private Optional<Map<String, Report>> baselines = Optional.empty();

    /** @param spelling returns the name of an option in the front end, for messages */
    public RawOptions(Function<Option, String> spelling) {
        this.spelling = spelling;
    }

    /** Sets the value of an option; null and blank text are treated as not set. */
    public RawOptions set(Option option, @Nullable String text) {
        return set(option, text == null ? null : List.of(text));
    }

    /**
     * Sets several values of an option.
     *
     * @param values the values in order; null and blank elements are left out
     */
    public RawOptions set(Option option, @Nullable List<String> values) {
        List<String> kept = new ArrayList<>();
        if (values != null) {
            for (@Nullable String value : values) {
                if (value != null && !value.isBlank()) {
                    kept.add(value.strip());
                }
            }
        }
        texts.put(option, List.copyOf(kept));
        return this;
    }

    /**
     * Sets a value without removing surrounding white space, for passwords; null and empty text are treated as not set.
     */
    public RawOptions setVerbatim(Option option, @Nullable String text) {
        texts.put(option, text == null || text.isEmpty() ? List.of() : List.of(text));
        return this;
    }

    /** Sets the user name and password for the site. */
    public RawOptions auth(Optional<BasicCredentials> credentials) {
        auth = credentials;
        return this;
    }

    /** Sets the proxies of the network. */
    public RawOptions proxies(ProxyConfiguration networkProxies) {
        proxies = networkProxies;
        return this;
    }

    Optional<BasicCredentials> auth() {
        return auth;
    }

    ProxyConfiguration proxies() {
        return proxies;
    }

    /**
     * Returns all values except the output directory, which modules of one build do not share. Options with equal
     * settings result in equal scans.
     */
    public Object settings() {
        Map<Option, List<String>> values = new EnumMap<>(texts);
        values.remove(Option.OUTPUT_DIRECTORY);
        values.values().removeIf(List::isEmpty);
        return List.of(values, auth, proxies, baselines);
    }

    /** Returns whether an option has a value other than the default, which some front ends always pass. */
    boolean isSet(Option option) {
        List<String> values = all(option);
        return option == Option.AUTH
                ? auth.isPresent()
                : !values.isEmpty() && !values.equals(option.type().defaultValues());
    }

    /**
     * Sets the baselines of a front end that stores earlier reports, instead of the option {@code baseline}.
     *
     * @param byUrl the earlier reports by target as the user entered it; targets without an earlier report are absent
     */
    public RawOptions baselines(Map<String, Report> byUrl) {
        baselines = Optional.of(Map.copyOf(byUrl));
        return this;
    }

    Optional<Map<String, Report>> baselines() {
        return baselines;
    }

    /** Returns the name of the option in the front end. */
    String displayName(Option option) {
        return spelling.apply(option);
    }

    List<String> all(Option option) {
        return texts.getOrDefault(option, List.of());
    }

    Optional<String> first(Option option) {
        return all(option).stream().findFirst();
    }

    <T> Optional<T> first(Option option, OptionValueParser<T> parser) throws InvalidOptionException {
        return all(option, parser).stream().findFirst();
    }

    <T> List<T> all(Option option, OptionValueParser<T> parser) throws InvalidOptionException {
        List<T> values = new ArrayList<>();
        for (String text : all(option)) {
            try {
                values.add(parser.parse(text));
            } catch (IllegalArgumentException e) {
                throw invalid(option, String.valueOf(e.getMessage()));
            }
        }
        return values;
    }

    /**
     * Parses a flag.
     *
     * @return the value, or the default of the option
     * @throws InvalidOptionException if the value is neither true nor false
     */
    public boolean flag(Option option) throws InvalidOptionException {
        return first(option, RawOptions::parseFlag)
                .orElseGet(() -> Boolean.parseBoolean(option.type().defaultValue()));
    }

    private static boolean parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("invalid value \"" + text + "\"; use true or false");
        };
    }

    /** Parses a whole number within the range of an option that has a default. */
    int number(Option option) throws InvalidOptionException {
        OptionalInt number = optionalNumber(option);
        return number.isPresent()
                ? number.getAsInt()
                : Integer.parseInt(option.type().defaultValue());
    }

    /** Parses a whole number within the range of an option without a default. */
    OptionalInt optionalNumber(Option option) throws InvalidOptionException {
        OptionType type = option.type();
        Optional<Integer> number = first(option, text -> {
            int value = type.min() - 1;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                // The value stays out of range and is reported below.
            }
            if (value < type.min() || value > type.max()) {
                throw new IllegalArgumentException(
                        "invalid value \"" + text + "\"; use a whole number from " + type.min() + " to " + type.max());
            }
            return value;
        });
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Creates an exception for an invalid option; also used by front ends for errors that they detect. */
    public InvalidOptionException invalid(Option option, String problem) {
        return new InvalidOptionException(option, TextSanitizer.singleLine(displayName(option) + ": " + problem));
    }
}
