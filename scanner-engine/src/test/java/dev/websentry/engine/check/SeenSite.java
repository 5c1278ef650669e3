package dev.websentry.engine.check;

import dev.websentry.engine.observe.BodyText;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.DnsObservations;
import dev.websentry.engine.observe.DnsSubject;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations;
import dev.websentry.engine.observe.SiteObservations.CorsAnswers;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import dev.websentry.engine.observe.SiteObservations.OtherName;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.observe.TlsSession;
import dev.websentry.engine.record.Rerecorded;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Builds observations for tests of checks. The default is a well-behaved site. */
public final class SeenSite {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Target target = Target.parse("https://www.example.com");
    private final List<Header> headers = new ArrayList<>();
    private String contentType = "text/html; charset=utf-8";
    private String body = "<!doctype html><title>Test</title>";
    private int status = 200;
    private Observed<Chain> entry = Observed.unknown("unset");
    private Observed<Optional<Exchange>> again = Observed.seen(Optional.empty());
    private Observed<Optional<Chain>> plain = Observed.unknown("unset");
    private Observed<Optional<OtherName>> www = Observed.unknown("unset");
    private Observed<CorsAnswers> cors = Observed.unknown("unset");
    private Observed<LeakageAnswers> leakage = Observed.unknown("unset");
    private TlsObservations tls = TlsObservations.none("unset");
    private DnsObservations dns = DnsObservations.nothingAsked(DnsSubject.NONE);

    public static SeenSite page() {
        return new SeenSite();
    }

    public SeenSite target(String input) {
        target = Target.parse(input);
        return this;
    }

    public SeenSite header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    public SeenSite contentType(String type) {
        contentType = type;
        return this;
    }

    public SeenSite status(int code) {
        status = code;
        return this;
    }

    public SeenSite body(String html) {
        body = html;
        return this;
    }

    /** Replaces the entry chain, which otherwise has one hop with the other settings. */
    public SeenSite entry(Observed<Chain> chain) {
        entry = chain;
        return this;
    }

    public SeenSite again(Exchange second) {
        again = Observed.seen(Optional.of(second));
        return this;
    }

    public SeenSite plain(Observed<Optional<Chain>> chain) {
        plain = chain;
        return this;
    }

    public SeenSite www(Observed<Optional<OtherName>> other) {
        www = other;
        return this;
    }

    public SeenSite cors(Observed<CorsAnswers> answers) {
        cors = answers;
        return this;
    }

    public SeenSite leakage(Observed<LeakageAnswers> answers) {
        leakage = answers;
        return this;
    }

    public SeenSite tls(TlsObservations observations) {
        tls = observations;
        return this;
    }

    public SeenSite dns(DnsObservations observations) {
        dns = observations;
        return this;
    }

    /** Returns the observations, written to a recording and read again. */
    public Observations observations() {
        return Rerecorded.alike(bare());
    }

    /** Returns the observations without writing them to a recording and reading them again. */
    public Observations bare() {
        Observed<Chain> entered = entry;
        if (entry instanceof Observed.Unknown<Chain> unknown && unknown.reason().equals("unset")) {
            List<Header> lines = new ArrayList<>(List.of(new Header("Content-Type", contentType)));
            lines.addAll(headers);
            String url = target.url("https", target.httpsPort()).toString();
            entered = Observed.seen(chain(get(url, response(status, lines, body))));
        }
        return new Observations(target, NOW, new SiteObservations(entered, again, plain, www, cors, leakage), tls, dns);
    }

    public static Exchange get(String url, Exchange.Result result) {
        return new Exchange("GET", HttpUrl.get(url), List.of(), result);
    }

    /** Returns a response over a trusted TLS 1.3 session. */
    public static Response response(int status, List<Header> headers, String body) {
        TlsSession session = new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), Optional.empty());
        return new Response(
                status, "h2", new Headers(headers), BodyText.of(body), false, Optional.of(session), "192.0.2.7");
    }

    public static Response redirect(int status, String location) {
        return response(status, List.of(new Header("Location", location)), "");
    }

    /** Returns a chain that ended with a response. */
    public static Chain chain(Exchange... hops) {
        return new Chain(List.of(hops), Chain.End.ANSWERED);
    }
}
