package dev.websentry.engine.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A parser, what to feed it with, and what holds whatever it is fed.
 *
 * @param seeds inputs that it understands, to begin with
 * @param words pieces that its grammar knows
 * @param largest input in bytes: what the engine would hand to the parser at most, or a little more
 * @param property throws where it does not hold; the exceptions that the parser documents, it catches itself
 */
public record FuzzTarget(String name, List<byte[]> seeds, List<byte[]> words, int largest, Property property) {
    /** What holds for every input. */
    @FunctionalInterface
    public interface Property {
        void check(byte[] input) throws Exception;
    }

    /** The same for a parser of text. */
    @FunctionalInterface
    interface TextProperty {
        void check(String input) throws Exception;
    }

    /** Octets as characters, as headers and DNS records come. */
    static FuzzTarget ofOctets(
            String name, int largest, List<String> seeds, List<String> words, TextProperty property) {
        return of(name, largest, seeds, words, StandardCharsets.ISO_8859_1, property);
    }

    /** UTF-8, as files and options come. */
    static FuzzTarget ofText(String name, int largest, List<String> seeds, List<String> words, TextProperty property) {
        return of(name, largest, seeds, words, StandardCharsets.UTF_8, property);
    }

    private static FuzzTarget of(
            String name, int largest, List<String> seeds, List<String> words, Charset charset, TextProperty property) {
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

    /** All of them, by area. */
    public static List<FuzzTarget> all() {
        return List.of(
                        TlsTargets.all(),
                        CertificateTargets.all(),
                        HeaderTargets.all(),
                        DnsTargets.all(),
                        MailTargets.all(),
                        PageTargets.all(),
                        LongTargets.all(),
                        FileTargets.all(),
                        RecordingTargets.all())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The target of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static FuzzTarget named(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fuzz target '" + name + "': expected one of "
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
