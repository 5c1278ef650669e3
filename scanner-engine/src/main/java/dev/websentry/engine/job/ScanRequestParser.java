package dev.websentry.engine.job;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.ClientIdentity;
import dev.websentry.engine.config.DnssecTrustAnchors;
import dev.websentry.engine.config.Host;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.syntax.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parses options into a {@link ScanRequest}. Options that are not set have the defaults of {@link Option}. */
final class ScanRequestParser {
    private static final int DNS_PORT = 53;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    /** The maximum length of a DNS name. On much longer text the regular expression would overflow the stack. */
    private static final int MAX_SELECTOR_LENGTH = 253;

    private final RawOptions texts;

    ScanRequestParser(RawOptions texts) {
        this.texts = texts;
    }

    /**
     * Parses all options of a scan.
     *
     * @throws InvalidOptionException for the first invalid option
     */
    ScanRequest parse() throws InvalidOptionException {
        List<Target> targets = targets();
        ScanOptions options = scanOptions();
        ResultOptionsParser results = new ResultOptionsParser(texts);
        return new ScanRequest(
                targets,
                options,
                new RemoteOptionsParser(texts).parse(options),
                gate(targets, results),
                results.files(),
                recordings(targets.size()),
                Duration.ofSeconds(texts.number(Option.WAIT_SECONDS)),
                texts.number(Option.PARALLELISM),
                texts.flag(Option.FAIL_ON_ERROR));
    }

    private List<Target> targets() throws InvalidOptionException {
        List<Target> targets = new ArrayList<>(texts.all(Option.URL, Target::parse));
        targets.addAll(texts.all(Option.URLS, Target::parse));
        if (targets.isEmpty()) {
            throw texts.invalid(
                    Option.URL,
                    "nothing to scan; set it to a domain or URL such as https://www.example.com, or set "
                            + texts.displayName(Option.URLS) + " to a list of them");
        }
        return targets.stream().distinct().toList();
    }

    private GateSettings gate(List<Target> targets, ResultOptionsParser results) throws InvalidOptionException {
        Map<Target, Report> baselines = new HashMap<>(results.baselines(ReportFileNames.of(targets)));
        Map<String, Report> byUrl = texts.baselines().orElse(Map.of());
        targets.forEach(target -> {
            if (byUrl.containsKey(target.input())) {
                baselines.putIfAbsent(target, byUrl.get(target.input()));
            }
        });
        List<Waiver> waivers = results.waivers();
        return new GateSettings(
                results.conditions(), waivers, baselines, Waiver.unmatchedHosts(waivers, hosts(targets)));
    }

    /** Returns the hosts of targets, for {@link Waiver#unmatchedHosts}. */
    static Set<String> hosts(Collection<Target> targets) {
        return targets.stream().map(target -> target.host().ascii()).collect(Collectors.toSet());
    }

    private Optional<RecordingDestination> recordings(int targets) throws InvalidOptionException {
        return texts.first(
                Option.RECORD, text -> RecordingDestination.forTargets(OptionFileLoader.parsePath(text), targets));
    }

    private ScanOptions scanOptions() throws InvalidOptionException {
        ScanOptions.Builder options = ScanOptions.builder();
        options.timeout(Duration.ofSeconds(texts.number(Option.TIMEOUT_SECONDS)));
        options.connectTimeout(Duration.ofSeconds(texts.number(Option.CONNECT_TIMEOUT_SECONDS)));
        list(Option.DNS_SERVERS, ScanRequestParser::server, options::dnsServers);
        list(Option.RESOLVE, ResolveOverride::parse, options::resolve);
        texts.first(Option.ROOT_STORE, OptionFileLoader::readRootStore).ifPresent(options::rootStore);
        texts.first(Option.CA_CERTIFICATES, OptionFileLoader::readCertificates).ifPresent(options::caCertificates);
        texts.first(Option.TRUST_ANCHOR, ScanRequestParser::anchors).ifPresent(options::trustAnchors);
        if (texts.flag(Option.ALLOW_PRIVATE_ADDRESSES)) {
            options.addressPolicy(AddressPolicy.ALLOW_ALL);
        }
        options.headers(headers());
        texts.first(Option.USER_AGENT, ScanRequestParser::userAgent).ifPresent(options::userAgent);
        texts.first(Option.MAIL_DOMAIN, ScanRequestParser::domain).ifPresent(options::mailDomain);
        list(Option.DKIM_SELECTORS, ScanRequestParser::selector, options::dkimSelectors);
        texts.optionalNumber(Option.HTTP_PORT).ifPresent(options::httpPort);
        options.probePaths(texts.flag(Option.PROBE_PATHS));
        clientIdentity().ifPresent(options::clientIdentity);
        return options.proxies(texts.proxies()).build();
    }

    private Optional<ClientIdentity> clientIdentity() throws InvalidOptionException {
        String password = texts.first(Option.CLIENT_KEY_STORE_PASSWORD).orElse("");
        if (!password.isEmpty() && !texts.isSet(Option.CLIENT_KEY_STORE)) {
            throw texts.invalid(
                    Option.CLIENT_KEY_STORE_PASSWORD,
                    "no key store is set; set " + texts.displayName(Option.CLIENT_KEY_STORE) + " as well");
        }
        Optional<String> file = texts.first(Option.CLIENT_KEY_STORE);
        try {
            return file.map(path -> ClientKeyStoreLoader.load(path, password));
        } catch (ClientKeyStoreLoader.WrongPasswordException e) {
            throw texts.invalid(Option.CLIENT_KEY_STORE_PASSWORD, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw texts.invalid(Option.CLIENT_KEY_STORE, String.valueOf(e.getMessage()));
        }
    }

    private <T> void list(Option option, RawOptions.OptionValueParser<T> parser, Consumer<List<T>> use)
            throws InvalidOptionException {
        List<T> values = texts.all(option, parser);
        if (!values.isEmpty()) {
            use.accept(values);
        }
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
                        texts.displayName(Option.HEADERS)
                                + " already contains an Authorization header; remove one of the two");
            }
            all.add(new Header("Authorization", texts.auth().get().authorizationHeader()));
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
        List<String> records = OptionFileLoader.readRecords(file);
        try {
            return DnssecTrustAnchors.parse(records);
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
        if (!bare || target.host().kind() != Host.HostKind.NAME) {
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
