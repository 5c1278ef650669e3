package dev.websentry.engine.api;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.OptionGroup;
import dev.websentry.engine.job.OptionKind;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.syntax.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Scans and grades sites for a Java program. One instance runs any number of scans, also concurrently. Thread-safe.
 * Close it after the last scan.
 */
public final class WebSentry implements AutoCloseable {
    private static final Map<String, Option> OPTIONS =
            Option.of(OptionGroup.JAVA_API).stream().collect(Collectors.toMap(Option::key, Function.identity()));

    private final Scanner scanner = new Scanner();

    /**
     * Scans and grades a site, and evaluates the quality gate. An insecure site results in a report, never in an
     * exception.
     *
     * @param url a domain, or an http(s) URL with optional port and path
     * @param options the values of options by name, as docs/embedding.md lists them; the elements of a list are
     *     separated by commas
     * @throws IllegalArgumentException if the URL or an option is invalid, with a message of one line; nothing was
     *     scanned
     * @throws ScanException if the scan could not run
     */
    public ScanOutcome scan(String url, Map<String, String> options) throws ScanException {
        return scan(url, options, ScanProgressListener.NONE);
    }

    /** Scans a site like {@link #scan(String, Map)} and notifies a listener of the progress. */
    public ScanOutcome scan(String url, Map<String, String> options, ScanProgressListener progress)
            throws ScanException {
        ScanRequest request = request(url, options);
        Target target = request.targets().get(0);
        Report report = scanner.scan(target, request.options(), progress);
        return new ScanOutcome(report, request.gate().evaluate(target, report));
    }

    private static ScanRequest request(String url, Map<String, String> options) {
        RawOptions texts = new RawOptions(Option::key).set(Option.URL, url).set(Option.OUTPUT_DIRECTORY, ".");
        for (Entry<String, String> entry : options.entrySet()) {
            Option option = OPTIONS.get(entry.getKey());
            if (option == null) {
                throw new IllegalArgumentException(unknown(entry.getKey()));
            }
            boolean isList = option.type().kind() == OptionKind.LIST;
            texts.set(option, isList ? List.of(entry.getValue().split(",", -1)) : List.of(entry.getValue()));
        }
        try {
            return ScanRequest.parse(texts);
        } catch (InvalidOptionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String unknown(String name) {
        return "unknown option \"" + name + "\""
                + NearestName.of(name, OPTIONS.keySet())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
    }

    /** Releases threads and connections. Interrupts scans that are still running. */
    @Override
    public void close() {
        scanner.close();
    }
}
