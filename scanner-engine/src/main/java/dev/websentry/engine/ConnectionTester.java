package dev.websentry.engine;

import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.ConnectionPolicy;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.DialException;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.ScanHostResolver;
import dev.websentry.engine.net.SystemNameResolver;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.output.wording.TextSanitizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Tests whether this machine can connect to a site. Opens one connection and sends no request to the site. */
public final class ConnectionTester {
    private static final int MAX_ADDRESSES = 4;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private ConnectionTester() {}

    /**
     * Connects to a target and closes the connection. Tries port 80 as well if the target has no explicit port.
     *
     * @param options of which the timeouts, the address policy, the overrides and the proxies apply
     * @return what was connected to, such as {@code www.example.com port 443 (192.0.2.1)}
     * @throws ScanException if the target cannot be resolved or connected to, or if the address policy forbids it
     */
    public static String connect(Target target, ScanOptions options) throws ScanException {
        Deadline deadline = Deadline.in(options.timeout());
        ExecutorService pool = TaskScope.newPool();
        try (TaskScope tasks = new TaskScope(pool)) {
            ScanHostResolver resolver = new ScanHostResolver(new SystemNameResolver(), options.resolve(), tasks);
            ConnectionPolicy policy = ConnectionPolicy.forTarget(options.addressPolicy(), resolver, target, deadline);
            try (Dialer dialer = new Dialer(policy, options.connectTimeout(), resolver, options.proxies())) {
                return connect(target, dialer, resolver, deadline);
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                // A lookup or a connection that the interrupt ends says nothing about the site.
                throw new ScanException(
                        ScanFailureReason.INTERRUPTED, "the test of " + target.input() + " was interrupted");
            }
            throw new ScanException(reason(e), TextSanitizer.singleLine(target.input() + ": " + e.getMessage()), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static String connect(Target target, Dialer dialer, ScanHostResolver resolver, Deadline deadline)
            throws IOException {
        String host = target.host().ascii();
        int port = target.httpsPort();
        Optional<HttpProxy> proxy = dialer.proxyFor("https", host, port);
        if (proxy.isPresent()) {
            dialer.connectThroughProxy(proxy.get(), host, port, deadline).close();
            return host + " port " + port + " through " + proxy.get();
        }
        IOException failure = new IOException("no address");
        List<InetAddress> addresses = resolver.resolve(host, port, deadline);
        List<Integer> ports = target.explicitPort().isPresent() ? List.of(port) : List.of(HTTPS, HTTP);
        for (int candidate : ports) {
            for (InetAddress address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
                try (Socket connected = dialer.connect(host, address, candidate, deadline)) {
                    return host + " port " + candidate + " ("
                            + connected.getInetAddress().getHostAddress() + ")";
                } catch (DialException e) {
                    failure = candidate == port ? e : failure;
                }
            }
        }
        throw failure;
    }

    private static ScanFailureReason reason(IOException failure) {
        if (!(failure instanceof DialException dial)) {
            return ScanFailureReason.UNREACHABLE;
        }
        return switch (dial.kind()) {
            case UNRESOLVABLE -> ScanFailureReason.UNRESOLVABLE;
            case BLOCKED_ADDRESS -> ScanFailureReason.BLOCKED_ADDRESS;
            case RESOLVER_FAILED, CONNECT_TIMED_OUT, READ_TIMED_OUT -> ScanFailureReason.TIMED_OUT;
            case REFUSED,
                    NO_ROUTE,
                    TLS_FAILED,
                    CLIENT_CERTIFICATE_REQUIRED,
                    CLOSED,
                    CONNECTION_LOST,
                    MALFORMED,
                    PROXY_REFUSED -> ScanFailureReason.UNREACHABLE;
        };
    }
}
