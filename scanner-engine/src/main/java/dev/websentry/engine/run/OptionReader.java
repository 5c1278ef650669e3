package dev.websentry.engine.run;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.target.ClientIdentity;
import dev.websentry.engine.target.Host;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ResolveOverride;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import dev.websentry.engine.target.TrustAnchors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Parses options into a {@link ScanRequest}. Options that are not set keep the defaults of {@link ScanOptions}. */
final class OptionReader {
    private static final int DNS_PORT = 53;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    /** The maximum length of a DNS name. On much longer text the regular expression would overflow the stack. */
    private static final int MAX_SELECTOR_LENGTH = 253;

    private final OptionTexts texts;

    OptionReader(OptionTexts texts) {
        this.texts = texts;
    }

    /**
     * Parses all options of a scan.
     *
     * @throws InvalidOptionException for the first invalid option
     */
    ScanRequest request() throws InvalidOptionException {
        List<Target> targets = targets();
        ScanOptions options = scanOptions();
        ResultOptionReader results = new ResultOptionReader(texts);
        return new ScanRequest(
                targets,
                options,
                new ServerReader(texts).server(options),
                gate(targets, results),
                results.files(),
                recordings(targets.size()),
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
                    "nothing to scan; set it to a domain or URL such as https://www.example.com, or set "
                            + texts.spelled(Option.URLS) + " to a list of them");
        }
        return targets.stream().distinct().toList();
    }

    private GateSettings gate(List<Target> targets, ResultOptionReader results) throws InvalidOptionException {
        Map<Target, Report> baselines = new HashMap<>(results.baselines(FileNames.of(targets)));
        Map<String, Report> byUrl = texts.baselines().orElse(Map.of());
        targets.forEach(target -> {
            if (byUrl.containsKey(target.given())) {
                baselines.putIfAbsent(target, byUrl.get(target.given()));
            }
        });
        return new GateSettings(results.conditions(), results.waivers(), baselines);
    }

    private Optional<Recordings> recordings(int targets) throws InvalidOptionException {
        return texts.one(Option.RECORD, text -> Recordings.at(OptionFiles.path(text), targets));
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
                    "no key store is set; set " + texts.spelled(Option.CLIENT_KEY_STORE) + " as well");
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
                        texts.spelled(Option.HEADERS)
                                + " already contains an Authorization header; remove one of the two");
            }
            all.add(new Header("Authorization", texts.auth().get().basic()));
        }
        return all;
    }

    private static String userAgent(String text) {
        if (!PRINTABLE.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" contains characters other than printable ASCII");
        }
        return text;
    }

    private static List<String> anchors(String file) {
        List<String> records = OptionFiles.records(file);
        try {
            return TrustAnchors.parse(records);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + file + "\": " + e.getMessage(), e);
        }
    }

    private static HostAndPort server(String text) {
        return HostAndPort.parse(text, DNS_PORT);
    }

    private static String domain(String text) {
        Target target = Target.parse(text);
        boolean bare = !text.contains("/") && target.explicitPort().isEmpty();
        if (!bare || target.host().kind() != Host.Kind.NAME) {
            throw new IllegalArgumentException("invalid domain \"" + text + "\"; use a domain such as example.com");
        }
        return target.host().ascii();
    }

    private static String selector(String text) {
        if (text.length() > MAX_SELECTOR_LENGTH || !SELECTOR.matcher(text).matches()) {
            throw new IllegalArgumentException("invalid DKIM selector \"" + text + "\"; use labels such as mail2026");
        }
        return text;
    }
}
