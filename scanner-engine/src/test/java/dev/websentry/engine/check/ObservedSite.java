package dev.websentry.engine.check;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.DnsObservations;
import dev.websentry.engine.observation.DnsScope;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations;
import dev.websentry.engine.observation.SiteObservations.CorsResponses;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.observation.SiteObservations.WwwVariant;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.recording.RecordingRoundTrip;
import dev.websentry.engine.syntax.Header;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Builds observations for tests of checks. The default is a well-behaved site. */
public final class ObservedSite {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Target target = Target.parse("https://www.example.com");
    private final List<Header> headers = new ArrayList<>();
    private String contentType = "text/html; charset=utf-8";
    private String body = "<!doctype html><title>Test</title>";
    private int status = 200;
    private Observation<RedirectChain> entry = Observation.unknown("unset");
    private Observation<Optional<HttpExchange>> again = Observation.seen(Optional.empty());
    private Observation<Optional<RedirectChain>> plain = Observation.unknown("unset");
    private Observation<Optional<WwwVariant>> www = Observation.unknown("unset");
    private Observation<CorsResponses> cors = Observation.unknown("unset");
    private Observation<LeakageResponses> leakage = Observation.unknown("unset");
    private TlsObservations tls = TlsObservations.notProbed("unset");
    private DnsObservations dns = DnsObservations.notQueried(DnsScope.NONE);

    public static ObservedSite page() {
        return new ObservedSite();
    }

    public ObservedSite target(String input) {
        target = Target.parse(input);
        return this;
    }

    public ObservedSite header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    public ObservedSite contentType(String type) {
        contentType = type;
        return this;
    }

    public ObservedSite status(int code) {
        status = code;
        return this;
    }

    public ObservedSite body(String html) {
        body = html;
        return this;
    }

    /** Replaces the entry chain, which otherwise has one hop with the other settings. */
    public ObservedSite entry(Observation<RedirectChain> chain) {
        entry = chain;
        return this;
    }

    public ObservedSite again(HttpExchange second) {
        again = Observation.seen(Optional.of(second));
        return this;
    }

    public ObservedSite plain(Observation<Optional<RedirectChain>> chain) {
        plain = chain;
        return this;
    }

    public ObservedSite www(Observation<Optional<WwwVariant>> other) {
        www = other;
        return this;
    }

    public ObservedSite cors(Observation<CorsResponses> answers) {
        cors = answers;
        return this;
    }

    public ObservedSite leakage(Observation<LeakageResponses> answers) {
        leakage = answers;
        return this;
    }

    public ObservedSite tls(TlsObservations observations) {
        tls = observations;
        return this;
    }

    public ObservedSite dns(DnsObservations observations) {
        dns = observations;
        return this;
    }

    /** Returns the observations, written to a recording and read again. */
    public ScanObservations observations() {
        return RecordingRoundTrip.assertSameReport(unrecordedObservations());
    }

    /** Returns the observations without writing them to a recording and reading them again. */
    public ScanObservations unrecordedObservations() {
        Observation<RedirectChain> entered = entry;
        if (entry instanceof Observation.Unknown<RedirectChain> unknown
                && unknown.reason().equals("unset")) {
            List<Header> lines = new ArrayList<>(List.of(new Header("Content-Type", contentType)));
            lines.addAll(headers);
            String url = target.url("https", target.httpsPort()).toString();
            entered = Observation.seen(chain(get(url, response(status, lines, body))));
        }
        return new ScanObservations(
                target, NOW, new SiteObservations(entered, again, plain, www, cors, leakage), tls, dns);
    }

    public static HttpExchange get(String url, HttpExchange.HttpExchangeResult result) {
        return new HttpExchange("GET", HttpUrl.get(url), List.of(), result);
    }

    /** Returns a response over a trusted TLS 1.3 session. */
    public static Response response(int status, List<Header> headers, String body) {
        TlsSession session = new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), Optional.empty());
        return new Response(
                status,
                "h2",
                new ResponseHeaders(headers),
                ResponseBody.of(body),
                false,
                Optional.of(session),
                "192.0.2.7");
    }

    public static Response redirect(int status, String location) {
        return response(status, List.of(new Header("Location", location)), "");
    }

    /** Returns a chain that ended with a response. */
    public static RedirectChain chain(HttpExchange... hops) {
        return new RedirectChain(List.of(hops), RedirectChain.RedirectChainEnd.ANSWERED);
    }
}
