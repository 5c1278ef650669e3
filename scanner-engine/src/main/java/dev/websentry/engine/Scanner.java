package dev.websentry.engine;

import dev.websentry.engine.net.AddressBook;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.DialException;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.NameResolver;
import dev.websentry.engine.net.SystemNames;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.net.dns.ConfiguredNames;
import dev.websentry.engine.net.dns.DnsClient;
import dev.websentry.engine.net.dns.ProvenChains;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.DnsObservations;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.probe.DnsProbe;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.probe.SiteProbe;
import dev.websentry.engine.probe.TlsProbe;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanException.Reason;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import okhttp3.OkHttpClient;

/**
 * Scans sites. One scanner runs any number of scans, also concurrently. Thread-safe. Does not change JVM-wide
 * settings. Close the scanner after its last scan.
 */
public final class Scanner implements AutoCloseable {
    private final ExecutorService pool = Tasks.newPool();
    private final OkHttpClient http = new OkHttpClient();
    private final ProvenChains proven = new ProvenChains();
    private final Clock clock;

    /** Creates a scanner that uses the system clock. */
    public Scanner() {
        this(Clock.systemUTC());
    }

    /**
     * Creates a scanner.
     *
     * @param clock provides the start time of a scan, against which certificate dates are evaluated
     */
    public Scanner(Clock clock) {
        this.clock = clock;
    }

    /**
     * Scans a target and grades it.
     *
     * @param target the site
     * @param options the scan options
     * @param progress receives progress events
     * @return the graded report
     * @throws ScanException when the scan could not run; an insecure site results in a report, never in an exception
     */
    public Report scan(Target target, ScanOptions options, Progress progress) throws ScanException {
        long began = System.nanoTime();
        Observations seen = observe(target, options, progress);
        progress.started(Progress.Stage.JUDGING);
        long gradingBegan = System.nanoTime();
        Report report = Judge.report(seen, Duration.ofNanos(System.nanoTime() - began));
        progress.finished(Progress.Stage.JUDGING, Duration.ofNanos(System.nanoTime() - gradingBegan));
        return report;
    }

    /**
     * Scans a target without grading it.
     *
     * @param target the site
     * @param options the scan options
     * @param progress receives progress events
     * @return the observations, which {@link Judge} can grade
     * @throws ScanException when the scan could not run
     */
    public Observations observe(Target target, ScanOptions options, Progress progress) throws ScanException {
        Instant now = clock.instant();
        Deadline deadline = Deadline.in(options.timeout());
        try (Tasks tasks = new Tasks(pool)) {
            DnsClient dns = DnsClient.of(options.dnsServers(), deadline);
            NameResolver names = options.dnsServers().isEmpty() ? new SystemNames() : new ConfiguredNames(dns, tasks);
            AddressBook addresses = new AddressBook(names, options.resolve(), tasks);
            TrustStore trust = new TrustStore(options.caCertificates());
            try (Dialer dialer = new Dialer(
                            options.addressPolicy(), options.connectTimeout(), addresses, options.proxies());
                    HttpFetcher fetcher = new HttpFetcher(http, target, options, deadline, dialer, trust)) {
                return observe(
                        new ProbeContext(
                                target, options, now, deadline, addresses, dialer, fetcher, trust, tasks, dns, proven),
                        progress);
            }
        } catch (Tasks.CancelledScan e) {
            throw new ScanException(Reason.INTERRUPTED, "the scan of " + target.given() + " was interrupted");
        }
    }

    private static Observations observe(ProbeContext context, Progress progress) throws ScanException {
        Tasks tasks = context.tasks();
        CompletableFuture<DnsObservations> dns =
                tasks.start(timed(Progress.Stage.DNS, progress, () -> new DnsProbe(context).probe()));
        requireAddress(context, progress);
        CompletableFuture<TlsObservations> tls =
                tasks.start(timed(Progress.Stage.TLS, progress, () -> new TlsProbe(context).probe()));
        CompletableFuture<SiteObservations> site =
                tasks.start(timed(Progress.Stage.SITE, progress, () -> new SiteProbe(context).probe()));
        SiteObservations siteSeen = Tasks.join(site, ScanException.class);
        TlsObservations tlsSeen = Tasks.join(tls);
        requireAnswer(context, siteSeen, tlsSeen);
        return new Observations(context.target(), context.now(), siteSeen, tlsSeen, Tasks.join(dns));
    }

    /** Ends the scan before a packet is sent to the host, if the address policy allows none of its addresses. */
    private static void requireAddress(ProbeContext context, Progress progress) throws ScanException {
        Target target = context.target();
        if (context.proxy().isPresent()) {
            // The proxy resolves host names. Many networks behind a proxy cannot resolve external names at all.
            return;
        }
        long began = System.nanoTime();
        progress.started(Progress.Stage.ADDRESSES);
        try {
            List<InetAddress> found =
                    context.addresses().addresses(target.host().ascii(), target.httpsPort(), context.deadline());
            if (found.stream().noneMatch(context.dialer()::allows)) {
                throw new ScanException(
                        Reason.BLOCKED_ADDRESS,
                        target.host() + " has no public address: "
                                + found.get(0).getHostAddress());
            }
        } catch (DialException e) {
            boolean noSuchName = e.kind() == Failure.Kind.UNRESOLVABLE;
            throw new ScanException(
                    noSuchName ? Reason.UNRESOLVABLE : Reason.TIMED_OUT, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ScanException(Reason.UNRESOLVABLE, target.host() + ": " + e.getMessage());
        } finally {
            progress.finished(Progress.Stage.ADDRESSES, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** Ends the scan if neither HTTP nor TLS responded: there is nothing to grade. */
    private static void requireAnswer(ProbeContext context, SiteObservations site, TlsObservations tls)
            throws ScanException {
        if (site.entry() instanceof Observed.Unknown<Chain> unknown && !tls.answered()) {
            throw new ScanException(
                    context.deadline().hasPassed() ? Reason.TIMED_OUT : Reason.UNREACHABLE,
                    context.target().given() + " did not respond: " + unknown.reason());
        }
    }

    private static <T> Callable<T> timed(Progress.Stage stage, Progress progress, Callable<T> work) {
        return () -> {
            long began = System.nanoTime();
            progress.started(stage);
            try {
                return work.call();
            } finally {
                progress.finished(stage, Duration.ofNanos(System.nanoTime() - began));
            }
        };
    }

    /** Releases threads and connections. Interrupts scans that are still running. */
    @Override
    public void close() {
        pool.shutdownNow();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
