package dev.websentry.engine;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.ConnectionPolicy;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.DialException;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.NameResolver;
import dev.websentry.engine.net.RootCertificates;
import dev.websentry.engine.net.ScanHostResolver;
import dev.websentry.engine.net.SystemNameResolver;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.net.dns.DnsClient;
import dev.websentry.engine.net.dns.DnsNameResolver;
import dev.websentry.engine.net.dns.ValidatedChainCache;
import dev.websentry.engine.observation.DnsObservations;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.probe.DnsProbe;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.probe.SiteProbe;
import dev.websentry.engine.probe.TlsProbe;
import dev.websentry.engine.probe.tls.ChainContextProbe;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Scans sites. One scanner runs any number of scans, also concurrently. Thread-safe. Does not change JVM-wide
 * settings. Close the scanner after its last scan.
 */
public final class Scanner implements AutoCloseable {
    private final ExecutorService pool = TaskScope.newPool();
    /** The client of each scan adds its own TLS. With TLS of its own, this one would read the JDK's trust store. */
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .build();

    private final ValidatedChainCache proven = new ValidatedChainCache();
    /** The scopes of the scans that are running. */
    private final Set<TaskScope> running = ConcurrentHashMap.newKeySet();

    private final Clock clock;
    /** The roots of the last scan. The scans of a run have the same, and the JDK's take long to read. */
    private volatile @Nullable RootCertificates lastRoots;

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
    public Report scan(Target target, ScanOptions options, ScanProgressListener progress) throws ScanException {
        long began = System.nanoTime();
        ScanObservations seen = observe(target, options, progress);
        progress.stageStarted(ScanProgressListener.ScanStage.JUDGING);
        long gradingBegan = System.nanoTime();
        Report report = Grader.grade(seen, Duration.ofNanos(System.nanoTime() - began));
        progress.stageFinished(
                ScanProgressListener.ScanStage.JUDGING, Duration.ofNanos(System.nanoTime() - gradingBegan));
        return report;
    }

    /**
     * Scans a target without grading it.
     *
     * @param target the site
     * @param options the scan options
     * @param progress receives progress events
     * @return the observations, which {@link Grader} can grade
     * @throws ScanException when the scan could not run; INTERRUPTED if the calling thread is interrupted or the
     *     scanner is closed, whatever the scan would have ended with
     */
    public ScanObservations observe(Target target, ScanOptions options, ScanProgressListener progress)
            throws ScanException {
        try {
            ScanObservations seen = scanSite(target, options, progress);
            if (!isStopped()) {
                return seen;
            }
        } catch (TaskScope.ScanCancelledException e) {
            // The scan was stopped.
        } catch (ScanException | RuntimeException e) {
            // A lookup or a connection that the interrupt ends says nothing about the site.
            if (!isStopped()) {
                throw e;
            }
        }
        throw new ScanException(ScanFailureReason.INTERRUPTED, "the scan of " + target.input() + " was interrupted");
    }

    private boolean isStopped() {
        return pool.isShutdown() || Thread.currentThread().isInterrupted();
    }

    private ScanObservations scanSite(Target target, ScanOptions options, ScanProgressListener progress)
            throws ScanException {
        Instant now = clock.instant();
        Deadline deadline = Deadline.in(options.timeout());
        TaskScope tasks = new TaskScope(pool);
        running.add(tasks);
        try (tasks) {
            DnsClient dns = DnsClient.of(options.dnsServers(), deadline);
            NameResolver names =
                    options.dnsServers().isEmpty() ? new SystemNameResolver() : new DnsNameResolver(dns, tasks);
            ScanHostResolver addresses = new ScanHostResolver(names, options.resolve(), tasks);
            TrustStore trust = new TrustStore(roots(options, tasks), now);
            ConnectionPolicy policy = ConnectionPolicy.forTarget(options.addressPolicy(), addresses, target, deadline);
            try (Dialer dialer = new Dialer(policy, options.connectTimeout(), addresses, options.proxies());
                    HttpFetcher fetcher = new HttpFetcher(http, target, options, deadline, dialer, trust)) {
                return observe(
                        new ProbeContext(
                                target, options, now, deadline, addresses, dialer, fetcher, trust, tasks, dns, proven),
                        progress);
            }
        } finally {
            running.remove(tasks);
        }
    }

    private RootCertificates roots(ScanOptions options, TaskScope tasks) {
        RootCertificates last = lastRoots;
        if (last != null && last.isFor(options.rootStore(), options.caCertificates())) {
            return last;
        }
        RootCertificates roots = RootCertificates.of(options.rootStore(), options.caCertificates());
        lastRoots = roots;
        CompletableFuture<Boolean> unused = tasks.start(() -> {
            roots.load();
            return true;
        });
        return roots;
    }

    private static ScanObservations observe(ProbeContext context, ScanProgressListener progress) throws ScanException {
        TaskScope tasks = context.tasks();
        CompletableFuture<DnsObservations> dns =
                tasks.start(timed(ScanProgressListener.ScanStage.DNS, progress, () -> new DnsProbe(context).probe()));
        requireAddress(context, progress);
        CompletableFuture<TlsObservations> tls =
                tasks.start(timed(ScanProgressListener.ScanStage.TLS, progress, () -> new TlsProbe(context).probe()));
        CompletableFuture<SiteObservations> site =
                tasks.start(timed(ScanProgressListener.ScanStage.SITE, progress, () -> new SiteProbe(context).probe()));
        SiteObservations siteSeen = TaskScope.join(site, ScanException.class);
        TlsObservations tlsSeen = new ChainContextProbe(context).extend(TaskScope.join(tls), siteSeen);
        requireAnswer(context, siteSeen, tlsSeen);
        DnsObservations dnsSeen = TaskScope.join(dns);
        return new ScanObservations(
                context.target(),
                context.now(),
                siteSeen,
                tlsSeen,
                dnsSeen,
                context.dialer().policy().refusedConnections());
    }

    /** Ends the scan before a packet is sent to the host, if the address policy allows none of its addresses. */
    private static void requireAddress(ProbeContext context, ScanProgressListener progress) throws ScanException {
        Target target = context.target();
        if (context.targetProxy().isPresent()) {
            // The proxy resolves host names. Many networks behind a proxy cannot resolve external names at all.
            return;
        }
        long began = System.nanoTime();
        progress.stageStarted(ScanProgressListener.ScanStage.ADDRESSES);
        try {
            String host = target.host().ascii();
            int port = target.httpsPort();
            List<InetAddress> found = context.hostResolver().resolve(host, port, context.deadline());
            if (found.stream().noneMatch(address -> context.dialer().policy().allows(host, address, port))) {
                throw new ScanException(
                        ScanFailureReason.BLOCKED_ADDRESS,
                        target.host() + " has no public address: "
                                + found.get(0).getHostAddress());
            }
        } catch (DialException e) {
            boolean noSuchName = e.kind() == Failure.RequestFailureKind.UNRESOLVABLE;
            throw new ScanException(
                    noSuchName ? ScanFailureReason.UNRESOLVABLE : ScanFailureReason.TIMED_OUT,
                    String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ScanException(ScanFailureReason.UNRESOLVABLE, target.host() + ": " + e.getMessage());
        } finally {
            progress.stageFinished(
                    ScanProgressListener.ScanStage.ADDRESSES, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** Ends the scan if neither HTTP nor TLS responded: there is nothing to grade. */
    private static void requireAnswer(ProbeContext context, SiteObservations site, TlsObservations tls)
            throws ScanException {
        if (site.entry() instanceof Observation.Unknown<RedirectChain> unknown && !tls.answered()) {
            throw new ScanException(
                    context.deadline().hasPassed() ? ScanFailureReason.TIMED_OUT : ScanFailureReason.UNREACHABLE,
                    unknown.reason());
        }
    }

    private static <T> Callable<T> timed(
            ScanProgressListener.ScanStage stage, ScanProgressListener progress, Callable<T> work) {
        return () -> {
            long began = System.nanoTime();
            progress.stageStarted(stage);
            try {
                return work.call();
            } finally {
                progress.stageFinished(stage, Duration.ofNanos(System.nanoTime() - began));
            }
        };
    }

    /** Releases threads and connections. Interrupts scans that are still running. */
    @Override
    public void close() {
        pool.shutdownNow();
        // The calling threads of the scans wait for the tasks of their scopes.
        running.forEach(TaskScope::close);
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
