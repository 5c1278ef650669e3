package dev.websentry.engine.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parser with the inputs for its fuzz test and the property that must hold for every input.
 *
 * @param name unique name
 * @param seeds valid inputs that mutations start from
 * @param words tokens of the grammar
 * @param maxLength maximum length of an input in bytes: the maximum that the engine passes to the parser, or slightly
 *     more
 * @param property property of every input; fails with an exception that the parser does not document
 */
public record FuzzTarget(String name, List<byte[]> seeds, List<byte[]> words, int maxLength, FuzzProperty property) {
    /** A property that must hold for every input. */
    @FunctionalInterface
    public interface FuzzProperty {
        void check(byte[] input) throws Exception;
    }

    /** A property of a parser that takes text. */
    @FunctionalInterface
    interface TextFuzzProperty {
        void check(String input) throws Exception;
    }

    /** Creates a target whose input is decoded as ISO 8859-1, as for header fields and DNS records. */
    static FuzzTarget ofLatin1(
            String name, int largest, List<String> seeds, List<String> words, TextFuzzProperty property) {
        return of(name, largest, seeds, words, StandardCharsets.ISO_8859_1, property);
    }

    /** Creates a target whose input is decoded as UTF-8, as for files and options. */
    static FuzzTarget ofUtf8(
            String name, int largest, List<String> seeds, List<String> words, TextFuzzProperty property) {
        return of(name, largest, seeds, words, StandardCharsets.UTF_8, property);
    }

    private static FuzzTarget of(
            String name,
            int largest,
            List<String> seeds,
            List<String> words,
            Charset charset,
            TextFuzzProperty property) {
        return new FuzzTarget(
                name,
                seeds.stream().map(seed -> seed.getBytes(charset)).toList(),
                words.stream()
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.getBytes(charset))
                        .toList(),
                largest,
                input -> property.check(new String(input, charset)));
    }

    /** Returns all targets. */
    public static List<FuzzTarget> all() {
        return Stream.concat(shortInputs().stream(), longInputs().stream()).toList();
    }

    /** Returns the targets whose inputs are evaluated within milliseconds. */
    static List<FuzzTarget> shortInputs() {
        return Stream.of(
                        TlsFuzzTargets.all(),
                        CertificateFuzzTargets.all(),
                        HeaderFuzzTargets.all(),
                        DnsFuzzTargets.all(),
                        MailFuzzTargets.all(),
                        PageFuzzTargets.all(),
                        FileFuzzTargets.all(),
                        RecordingFuzzTargets.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Returns the targets whose inputs have the maximum length that the engine accepts. */
    static List<FuzzTarget> longInputs() {
        return LongInputFuzzTargets.all();
    }

    /**
     * Returns the target with a name.
     *
     * @throws IllegalArgumentException if there is no such target
     */
    public static FuzzTarget byName(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown fuzz target '" + name + "': use one of "
                        + all().stream().map(FuzzTarget::name).toList()));
    }

    static List<String> words(String spaced) {
        return Arrays.asList(spaced.split(" ", -1));
    }

    @Override
    public String toString() {
        return name;
    }
}
