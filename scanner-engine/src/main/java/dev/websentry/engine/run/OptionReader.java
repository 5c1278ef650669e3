package dev.websentry.engine.run;

import dev.websentry.engine.gate.CategoryMinimum;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.gate.WaiverFile;
import dev.websentry.engine.output.Format;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.target.ClientIdentity;
import dev.websentry.engine.target.Host;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ResolveOverride;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import dev.websentry.engine.target.TrustAnchors;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** From texts to a request. Sets only what is set, so that every default stays where it is written. */
final class OptionReader {
    private static final int DNS_PORT = 53;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    /** No longer than a name of the DNS; the matcher would run out of stack on much more. */
    private static final int LONGEST_SELECTOR = 253;

    private final OptionTexts texts;

    OptionReader(OptionTexts texts) {
        this.texts = texts;
    }

    ScanRequest request() throws InvalidOptionException {
        List<Target> targets = targets();
        ScanOptions options = scanOptions();
        return new ScanRequest(
                targets,
                options,
                new ServerReader(texts).server(options),
                gate(targets),
                files(),
                Duration.ofSeconds(texts.number(Option.WAIT_SECONDS, 0, (int) ScanOptions.LONGEST.toSeconds())
                        .orElse(0)),
                texts.number(Option.PARALLELISM, 1, ScanRequest.MOST_AT_ONCE).orElse(ScanRequest.DEFAULT_PARALLELISM),
                texts.flag(Option.FAIL_ON_ERROR).orElse(true));
    }

    private List<Target> targets() throws InvalidOptionException {
        List<Target> targets = new ArrayList<>(texts.all(Option.URL, Target::parse));
        targets.addAll(texts.all(Option.URLS, Target::parse));
        if (targets.isEmpty()) {
            throw texts.invalid(
                    Option.URL,
                    "nothing to scan: set it to a domain or URL such as https://www.example.com, or set "
                            + texts.spelled(Option.URLS) + " to several");
        }
        return targets.stream().distinct().toList();
    }

    private GateSettings gate(List<Target> targets) throws InvalidOptionException {
        boolean onRegression = texts.flag(Option.FAIL_ON_REGRESSION).orElse(false);
        if (onRegression && texts.one(Option.BASELINE).isEmpty()) {
            throw texts.invalid(
                    Option.FAIL_ON_REGRESSION,
                    "needs something to compare with: set " + texts.spelled(Option.BASELINE)
                            + " to the report.json of an earlier scan");
        }
        return new GateSettings(
                new GateConditions(
                        texts.one(Option.FAIL_BELOW, Grade::parse),
                        texts.number(Option.MIN_SCORE, 0, 100),
                        texts.all(Option.CATEGORY_MINIMUMS, CategoryMinimum::parseAll).stream()
                                .flatMap(List::stream)
                                .toList(),
                        texts.flag(Option.FAIL_ON_INCOMPLETE).orElse(GateConditions.DEFAULT_FAIL_ON_INCOMPLETE),
                        onRegression),
                texts.one(Option.WAIVERS, file -> waivers(file)).orElse(List.of()),
                texts.one(Option.BASELINE, path -> Baselines.read(path, FileNames.of(targets)))
                        .orElse(Map.of()));
    }

    private static List<Waiver> waivers(String file) {
        try {
            return WaiverFile.parse(OptionFiles.text(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + file + "': " + e.getMessage(), e);
        }
    }

    private ReportFiles files() throws InvalidOptionException {
        Set<Format> formats = new TreeSet<>(texts.all(Option.FORMATS, Format::parse));
        Path directory = texts.one(Option.OUTPUT_DIRECTORY, OptionReader::path)
                .orElseThrow(() -> texts.invalid(Option.OUTPUT_DIRECTORY, "no folder for the reports"));
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw texts.invalid(Option.OUTPUT_DIRECTORY, "'" + directory + "' is a file: expected a folder");
        }
        return new ReportFiles(directory, formats.isEmpty() ? ReportFiles.DEFAULT_FORMATS : formats);
    }

    private ScanOptions scanOptions() throws InvalidOptionException {
        ScanOptions.Builder options = ScanOptions.builder();
        seconds(Option.TIMEOUT_SECONDS).ifPresent(options::timeout);
        seconds(Option.CONNECT_TIMEOUT_SECONDS).ifPresent(options::connectTimeout);
        list(Option.DNS_SERVERS, OptionReader::server, options::dnsServers);
        list(Option.RESOLVE, ResolveOverride::parse, options::resolve);
        texts.one(Option.CA_CERTIFICATES, OptionFiles::certificates).ifPresent(options::caCertificates);
        texts.one(Option.TRUST_ANCHOR, OptionReader::anchors).ifPresent(options::trustAnchors);
        options.headers(headers());
        texts.one(Option.USER_AGENT, OptionReader::userAgent).ifPresent(options::userAgent);
        texts.one(Option.MAIL_DOMAIN, OptionReader::domain).ifPresent(options::mailDomain);
        list(Option.DKIM_SELECTORS, OptionReader::selector, options::dkimSelectors);
        texts.number(Option.HTTP_PORT, 1, 65535).ifPresent(options::httpPort);
        texts.flag(Option.PROBE_PATHS).ifPresent(options::probePaths);
        clientIdentity().ifPresent(options::clientIdentity);
        return options.proxies(texts.proxies()).build();
    }

    private Optional<ClientIdentity> clientIdentity() throws InvalidOptionException {
        String password = texts.one(Option.CLIENT_KEY_STORE_PASSWORD).orElse("");
        if (!password.isEmpty() && !texts.isSet(Option.CLIENT_KEY_STORE)) {
            throw texts.invalid(
                    Option.CLIENT_KEY_STORE_PASSWORD,
                    "opens nothing: set " + texts.spelled(Option.CLIENT_KEY_STORE) + " to a key store");
        }
        Optional<String> file = texts.one(Option.CLIENT_KEY_STORE);
        try {
            return file.map(path -> ClientKeyStores.read(path, password));
        } catch (ClientKeyStores.WrongPassword e) {
            throw texts.invalid(Option.CLIENT_KEY_STORE_PASSWORD, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw texts.invalid(Option.CLIENT_KEY_STORE, String.valueOf(e.getMessage()));
        }
    }

    private <T> void list(Option option, OptionTexts.Parser<T> parser, Consumer<List<T>> use)
            throws InvalidOptionException {
        List<T> values = texts.all(option, parser);
        if (!values.isEmpty()) {
            use.accept(values);
        }
    }

    private Optional<Duration> seconds(Option option) throws InvalidOptionException {
        OptionalInt number = texts.number(option, 1, (int) ScanOptions.LONGEST.toSeconds());
        return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsInt())) : Optional.empty();
    }

    private List<Header> headers() throws InvalidOptionException {
        List<List<Header>> headers = texts.all(
                Option.HEADERS,
                text -> text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .map(Header::parse)
                        .toList());
        List<Header> all =
                new ArrayList<>(headers.stream().flatMap(List::stream).toList());
        if (texts.auth().isPresent()) {
            if (all.stream().anyMatch(header -> header.name().equalsIgnoreCase("Authorization"))) {
                throw texts.invalid(
                        Option.AUTH,
                        "there is an Authorization among " + texts.spelled(Option.HEADERS)
                                + " as well: leave out one of the two");
            }
            all.add(new Header("Authorization", texts.auth().get().basic()));
        }
        return all;
    }

    private static String userAgent(String text) {
        if (!PRINTABLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' holds something else than printable ASCII");
        }
        return text;
    }

    private static List<String> anchors(String file) {
        List<String> records = OptionFiles.records(file);
        try {
            return TrustAnchors.parse(records);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + file + "': " + e.getMessage(), e);
        }
    }

    private static HostAndPort server(String text) {
        return HostAndPort.parse(text, DNS_PORT);
    }

    private static String domain(String text) {
        Target target = Target.parse(text);
        boolean bare = !text.contains("/") && target.explicitPort().isEmpty();
        if (!bare || target.host().kind() != Host.Kind.NAME) {
            throw new IllegalArgumentException("'" + text + "' is not a domain: expected one such as example.com");
        }
        return target.host().ascii();
    }

    private static String selector(String text) {
        if (text.length() > LONGEST_SELECTOR || !SELECTOR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a DKIM selector: expected labels such as mail2026");
        }
        return text;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
        }
    }
}
