package dev.websentry.engine.run;

import dev.websentry.engine.output.PlainText;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.Credentials;
import dev.websentry.engine.target.Proxies;
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
 * Options as a person wrote them, all of them text: a flag that says {@code flase} must be an error and not a silent no.
 * Null and blank texts count as unset. Not thread-safe.
 */
public final class OptionTexts {
    /** Turns one text into a value, or says in an IllegalArgumentException what is wrong with it. */
    interface Parser<T> {
        T parse(String text);
    }

    private final Map<Option, List<String>> texts = new EnumMap<>(Option.class);
    private final Function<Option, String> spelling;
    private Optional<Credentials> auth = Optional.empty();
    private Proxies proxies = Proxies.NONE;
    private Optional<Map<String, Report>> baselines = Optional.empty();

    /** @param spelling how the front end's users write an option, for messages */
    public OptionTexts(Function<Option, String> spelling) {
        this.spelling = spelling;
    }

    public OptionTexts set(Option option, @Nullable String text) {
        return set(option, text == null ? null : List.of(text));
    }

    /** @param values one text a value, in order; null elements and blank ones are left out */
    public OptionTexts set(Option option, @Nullable List<String> values) {
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

    /** A text that is taken as it stands, surrounding blanks and all; null and empty count as unset. */
    public OptionTexts setExactly(Option option, @Nullable String text) {
        texts.put(option, text == null || text.isEmpty() ? List.of() : List.of(text));
        return this;
    }

    /** A user name and a password for the site, from wherever the front end keeps such. */
    public OptionTexts auth(Optional<Credentials> credentials) {
        auth = credentials;
        return this;
    }

    /** The proxies of this machine's network, from wherever the front end knows them. */
    public OptionTexts proxies(Proxies known) {
        proxies = known;
        return this;
    }

    Optional<Credentials> auth() {
        return auth;
    }

    Proxies proxies() {
        return proxies;
    }

    boolean isSet(Option option) {
        return option == Option.AUTH ? auth.isPresent() : !all(option).isEmpty();
    }

    /**
     * Earlier reports from wherever the front end keeps them, instead of the option {@code baseline}.
     *
     * @param byUrl by the target as it is given; a target that has none is compared with nothing
     */
    public OptionTexts baselines(Map<String, Report> byUrl) {
        baselines = Optional.of(Map.copyOf(byUrl));
        return this;
    }

    Optional<Map<String, Report>> baselines() {
        return baselines;
    }

    /** The option as its user writes it. */
    String spelled(Option option) {
        return spelling.apply(option);
    }

    List<String> all(Option option) {
        return texts.getOrDefault(option, List.of());
    }

    Optional<String> one(Option option) {
        return all(option).stream().findFirst();
    }

    <T> Optional<T> one(Option option, Parser<T> parser) throws InvalidOptionException {
        return all(option, parser).stream().findFirst();
    }

    <T> List<T> all(Option option, Parser<T> parser) throws InvalidOptionException {
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

    /** Whether the flag is set to true; empty when it is unset. */
    public Optional<Boolean> flag(Option option) throws InvalidOptionException {
        return one(option, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        });
    }

    OptionalInt number(Option option, int lowest, int highest) throws InvalidOptionException {
        Optional<Integer> number = one(option, text -> {
            int value = lowest - 1;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                // Out of range as well, so the one message below fits.
            }
            if (value < lowest || value > highest) {
                throw new IllegalArgumentException(
                        "'" + text + "' does not fit: expected a whole number from " + lowest + " to " + highest);
            }
            return value;
        });
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** The error that an option is wrong, for what a front end itself finds out. */
    public InvalidOptionException invalid(Option option, String why) {
        return new InvalidOptionException(option, PlainText.line(spelled(option) + ": " + why));
    }
}
