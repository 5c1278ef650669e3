package dev.websentry.engine.net;

import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.observation.HttpExchange.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Selects the route of each request: directly to an address of its host, through a proxy's tunnel (https, and hosts
 * with a resolve override), or to a proxy that forwards the request (RFC 9112 section 3.2.2).
 */
final class ProxyRouting {
    /** Status codes that a proxy may also generate itself, so that they are not attributed to the site. */
    private static final Set<Integer> AMBIGUOUS_STATUSES = Set.of(403, 407, 502, 503, 504);

    /** Failures that occur before the proxy is connected. */
    private static final Set<Failure.RequestFailureKind> PROXY_UNREACHABLE = Set.of(
            Failure.RequestFailureKind.UNRESOLVABLE,
            Failure.RequestFailureKind.RESOLVER_FAILED,
            Failure.RequestFailureKind.REFUSED,
            Failure.RequestFailureKind.CONNECT_TIMED_OUT,
            Failure.RequestFailureKind.NO_ROUTE);

    /** One instance for each port, because OkHttp shares connections only between clients with the same instances. */
    private final Map<Integer, Dns> dnsByPort = new ConcurrentHashMap<>();

    private final Map<Integer, Dns> proxyDnsByPort = new ConcurrentHashMap<>();

    private final SocketFactory direct;
    private final SocketFactory plainDirect;
    private final SocketFactory toProxy;
    private final SocketFactory tunnels;
    private final SocketFactory plainTunnels;
    private final Dns placeholderDns = host -> List.of(InetAddress.getByAddress(host, new byte[4]));
    private final Dialer dialer;
    private final Deadline deadline;

    ProxyRouting(Dialer dialer, Deadline deadline) {
        this.dialer = dialer;
        this.deadline = deadline;
        this.direct = dialer.socketFactory();
        this.plainDirect = dialer.plainHttpSocketFactory();
        this.toProxy = dialer.proxySocketFactory();
        this.tunnels = dialer.tunnelSocketFactory("https");
        this.plainTunnels = dialer.tunnelSocketFactory("http");
    }

    /** Returns the proxy of a request; empty if the host is connected to directly. */
    Optional<HttpProxy> proxyFor(FetchRequest fetch) {
        HttpUrl url = fetch.url();
        return fetch.pinnedAddress().isPresent()
                ? Optional.empty()
                : dialer.proxyFor(url.scheme(), url.host(), url.port());
    }

    /** Returns the proxy that forwards a plain http request; empty if there is no proxy or it opens a tunnel. */
    Optional<HttpProxy> forwardingProxy(FetchRequest fetch) {
        return proxyFor(fetch).filter(proxy -> !tunnelled(fetch.url()));
    }

    private boolean tunnelled(HttpUrl url) {
        return url.isHttps()
                || dialer.hostResolver().override(url.host(), url.port()).isPresent();
    }

    /**
     * Configures a client for the route of a request.
     *
     * @param client the client to configure
     * @param fetch the request
     * @return the given builder
     * @throws DialException if the address policy forbids the host of a request that a proxy would forward
     */
    OkHttpClient.Builder configure(OkHttpClient.Builder client, FetchRequest fetch) throws DialException {
        HttpProxy proxy = proxyFor(fetch).orElse(null);
        client.proxy(Proxy.NO_PROXY);
        if (proxy == null) {
            return client.socketFactory(fetch.url().isHttps() ? direct : plainDirect)
                    .dns(dns(fetch));
        }
        if (tunnelled(fetch.url())) {
            return client.socketFactory(fetch.url().isHttps() ? tunnels : plainTunnels)
                    .dns(placeholderDns);
        }
        Optional<DialException> refusal =
                dialer.policy().proxyRefusal(fetch.url().host(), fetch.url().port(), deadline);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        InetSocketAddress place = InetSocketAddress.createUnresolved(
                proxy.address().host(), proxy.address().port());
        return client.socketFactory(toProxy)
                .dns(proxyDns(proxy.address().port()))
                .proxy(new Proxy(Proxy.Type.HTTP, place));
    }

    /**
     * Returns the failure for a status that the proxy may have generated itself.
     *
     * @param proxy the proxy that forwarded the request
     * @param status the status code of the response
     * @return the failure; empty if the response definitely comes from the site
     */
    static Optional<Failure> ambiguousStatusFailure(HttpProxy proxy, int status) {
        return AMBIGUOUS_STATUSES.contains(status)
                ? Optional.of(new Failure(
                        Failure.RequestFailureKind.PROXY_REFUSED,
                        proxy + " responded with status " + status + ", which may not come from the site"))
                : Optional.empty();
    }

    /** Converts a failure of a forwarded request: a failed connection is a connection to the proxy, not to the site. */
    static Failure asProxyFailure(HttpProxy proxy, Failure failure) {
        return PROXY_UNREACHABLE.contains(failure.kind())
                ? new Failure(
                        Failure.RequestFailureKind.PROXY_REFUSED, proxy + " cannot be reached: " + failure.detail())
                : failure;
    }

    /** Returns a key that is equal for requests that may share a connection. */
    Object connectionKey(FetchRequest fetch) {
        return new ConnectionKey(fetch.url().host(), fetch.url().port(), proxyFor(fetch), pinned(fetch));
    }

    private record ConnectionKey(String host, int port, Optional<HttpProxy> proxy, Optional<InetAddress> pinned) {}

    private Dns dns(FetchRequest fetch) {
        return pinned(fetch)
                .<Dns>map(address -> host -> List.of(address))
                .orElseGet(() -> dns(fetch.url().port()));
    }

    /**
     * Returns the address that a request must connect to. Also empty if it is the host's only address, so that the
     * request can share connections with all others.
     */
    private Optional<InetAddress> pinned(FetchRequest fetch) {
        return fetch.pinnedAddress().filter(address -> !isTheOnlyAddress(address, fetch.url()));
    }

    private boolean isTheOnlyAddress(InetAddress address, HttpUrl url) {
        try {
            return dialer.proxyFor(url.scheme(), url.host(), url.port()).isEmpty()
                    && dialer.hostResolver()
                            .resolve(url.host(), url.port(), deadline)
                            .equals(List.of(address));
        } catch (IOException e) {
            return false;
        }
    }

    private Dns dns(int ofPort) {
        return dnsByPort.computeIfAbsent(ofPort, port -> host -> allowed(host, port, lookUp(host, port)));
    }

    /** The user named the proxy, so that the policy does not apply to its addresses. */
    private Dns proxyDns(int ofPort) {
        return proxyDnsByPort.computeIfAbsent(ofPort, port -> host -> lookUp(host, port));
    }

    private List<InetAddress> lookUp(String host, int port) throws UnknownHostException {
        try {
            return dialer.hostResolver().resolve(host, port, deadline);
        } catch (DialException e) {
            // The interface allows only this exception; its cause carries the kind of failure.
            UnknownHostException unknown = new UnknownHostException(e.getMessage());
            unknown.initCause(e);
            throw unknown;
        } catch (IOException e) {
            throw new UnknownHostException(e.getMessage());
        }
    }

    /**
     * Returns the addresses that the policy allows, so that a forbidden address of a host does not decide how a request
     * to its allowed address fails. If none is allowed, returns all of them; the dialer then refuses them.
     */
    private List<InetAddress> allowed(String host, int port, List<InetAddress> addresses) {
        List<InetAddress> allowed = addresses.stream()
                .filter(address -> dialer.policy().allows(host, address, port))
                .toList();
        return allowed.isEmpty() ? addresses : allowed;
    }
}
