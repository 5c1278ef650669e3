package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The coverage-guided fuzz run with Jazzer: each target runs for {@code fuzz.seconds} seconds. The profile {@code fuzz}
 * enables it; the name of the class excludes it from the ordinary build. The corpus is kept in {@code target/fuzz} for
 * the next run.
 */
class JazzerFuzzRun {
    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final String SECONDS = System.getProperty("fuzz.seconds", "60");
    private static final List<String> SELECTED =
            List.of(System.getProperty("fuzz.targets", "").split(",", -1));

    static List<FuzzTarget> targets() {
        return SELECTED.equals(List.of(""))
                ? FuzzTarget.all()
                : SELECTED.stream().map(FuzzTarget::byName).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void propertyHoldsUnderJazzer(FuzzTarget target) throws Exception {
        Path folder = FOLDER.resolve(target.name());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(corpus.resolve("seed-" + i), target.seeds().get(i));
        }
        Path words = Files.writeString(folder.resolve("words"), dictionary(target.words()));
        Path log = folder.resolve("log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + JazzerEntryPoint.class.getName(),
                        "--target_args=" + target.name(),
                        "--instrumentation_includes=dev.websentry.engine.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-max_total_time=" + SECONDS,
                        "-max_len=" + target.maxLength(),
                        "-timeout=30",
                        "-rss_limit_mb=3000",
                        "-dict=" + words,
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // On a busy machine it may not even reach the first input.
        boolean ended = jazzer.waitFor(2 * Long.parseLong(SECONDS) + 300, TimeUnit.SECONDS);
        jazzer.destroyForcibly();
        assertTrue(ended, () -> "the run of " + target + " does not end, see " + log + ":\n" + tail(log));
        assertEquals(0, jazzer.exitValue(), () -> "the run of " + target + " failed, see " + log + ":\n" + tail(log));
    }

    /** Returns a libFuzzer dictionary with one quoted entry per line. */
    private static String dictionary(List<byte[]> words) {
        return words.stream()
                .map(word -> HexFormat.ofDelimiter("")
                        .withPrefix("\\x")
                        .formatHex(word)
                        .toUpperCase(Locale.ROOT)
                        .replace("\\X", "\\x"))
                .map(entry -> '"' + entry + "\"\n")
                .collect(Collectors.joining());
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
