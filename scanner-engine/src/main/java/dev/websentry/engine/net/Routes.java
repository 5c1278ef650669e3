package dev.websentry.engine.net;

import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.target.HttpProxy;
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
 * Which way each request takes: straight to an address of its host, through a proxy's tunnel (https, and whatever a resolve
 * override sends elsewhere), or to a proxy that makes the request itself (RFC 9112 section 3.2.2).
 */
final class Routes {
    /** Answers that a proxy gives in its own name as well, so that they say nothing sure of the host behind it. */
    private static final Set<Integer> PERHAPS_THE_PROXYS = Set.of(403, 407, 502, 503, 504);

    private static final Set<Failure.Kind> NOT_EVEN_THE_PROXY = Set.of(
            Failure.Kind.UNRESOLVABLE,
            Failure.Kind.RESOLVER_FAILED,
            Failure.Kind.REFUSED,
            Failure.Kind.CONNECT_TIMED_OUT,
            Failure.Kind.NO_ROUTE);

    /** One instance each, because OkHttp shares connections only between clients of the same instances. */
    private final Map<Integer, Dns> dnsByPort = new ConcurrentHashMap<>();

    private final SocketFactory direct;
    private final SocketFactory tunnels;
    private final SocketFactory plainTunnels;
    private final Dns behindTheProxy = host -> List.of(InetAddress.getByAddress(host, new byte[4]));
    private final Dialer dialer;
    private final Deadline deadline;

    Routes(Dialer dialer, Deadline deadline) {
        this.dialer = dialer;
        this.deadline = deadline;
        this.direct = dialer.socketFactory();
        this.tunnels = dialer.tunnelFactory("https");
        this.plainTunnels = dialer.tunnelFactory("http");
    }

    /** The proxy by way of which a request goes; empty where it goes straight. */
    Optional<HttpProxy> proxy(Fetch fetch) {
        HttpUrl url = fetch.url();
        return fetch.pinned().isPresent() ? Optional.empty() : dialer.proxy(url.scheme(), url.host(), url.port());
    }

    /** The proxy that makes the request itself, instead of letting it through; empty where none does. */
    Optional<HttpProxy> leftTo(Fetch fetch) {
        return proxy(fetch).filter(proxy -> !tunnelled(fetch.url()));
    }

    private boolean tunnelled(HttpUrl url) {
        return url.isHttps()
                || dialer.addresses().override(url.host(), url.port()).isPresent();
    }

    OkHttpClient.Builder configure(OkHttpClient.Builder client, Fetch fetch) {
        HttpProxy proxy = proxy(fetch).orElse(null);
        client.proxy(Proxy.NO_PROXY);
        if (proxy == null) {
            return client.socketFactory(direct).dns(dns(fetch));
        }
        if (tunnelled(fetch.url())) {
            return client.socketFactory(fetch.url().isHttps() ? tunnels : plainTunnels)
                    .dns(behindTheProxy);
        }
        InetSocketAddress place = InetSocketAddress.createUnresolved(
                proxy.place().host(), proxy.place().port());
        return client.socketFactory(direct).dns(dns(proxy.place().port())).proxy(new Proxy(Proxy.Type.HTTP, place));
    }

    /**
     * What an answer means that a proxy passed on or gave itself.
     *
     * @return empty where it surely is the site's
     */
    static Optional<Failure> refusal(HttpProxy proxy, int status) {
        return PERHAPS_THE_PROXYS.contains(status)
                ? Optional.of(new Failure(
                        Failure.Kind.PROXY_REFUSED,
                        proxy + " answered " + status + ", which need not be the site's answer"))
                : Optional.empty();
    }

    /** A failure as it looks from this side of the proxy, where the connection that failed is the one to the proxy. */
    static Failure ofProxy(HttpProxy proxy, Failure failure) {
        return NOT_EVEN_THE_PROXY.contains(failure.kind())
                ? new Failure(Failure.Kind.PROXY_REFUSED, proxy + " cannot be reached: " + failure.detail())
                : failure;
    }

    /** Equal for requests that may share a connection. */
    Object origin(Fetch fetch) {
        return new Origin(fetch.url().host(), fetch.url().port(), proxy(fetch), pinned(fetch));
    }

    private record Origin(String host, int port, Optional<HttpProxy> proxy, Optional<InetAddress> pinned) {}

    private Dns dns(Fetch fetch) {
        return pinned(fetch)
                .<Dns>map(address -> host -> List.of(address))
                .orElseGet(() -> dns(fetch.url().port()));
    }

    /** Empty as well where it is the host's only address: then the request may share connections with all others. */
    private Optional<InetAddress> pinned(Fetch fetch) {
        return fetch.pinned().filter(address -> !isTheOnlyAddress(address, fetch.url()));
    }

    private boolean isTheOnlyAddress(InetAddress address, HttpUrl url) {
        try {
            return dialer.proxy(url.scheme(), url.host(), url.port()).isEmpty()
                    && dialer.addresses()
                            .addresses(url.host(), url.port(), deadline)
                            .equals(List.of(address));
        } catch (IOException e) {
            return false;
        }
    }

    private Dns dns(int ofPort) {
        return dnsByPort.computeIfAbsent(ofPort, port -> host -> {
            try {
                return dialer.addresses().addresses(host, port, deadline);
            } catch (DialException e) {
                // The interface allows this one type; the failure's kind travels as its cause.
                UnknownHostException unknown = new UnknownHostException(e.getMessage());
                unknown.initCause(e);
                throw unknown;
            } catch (IOException e) {
                throw new UnknownHostException(e.getMessage());
            }
        });
    }
}
