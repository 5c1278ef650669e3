package dev.websentry.server.webhook;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.NameResolver;
import dev.websentry.engine.net.RootCertificates;
import dev.websentry.engine.net.ScanHostResolver;
import dev.websentry.engine.net.SystemNameResolver;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.net.dns.DnsClient;
import dev.websentry.engine.net.dns.DnsNameResolver;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.scan.LoggingAddressPolicy;
import dev.websentry.server.settings.WebSentryProperties;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryAttempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * HTTP client that posts webhook messages. Every connection goes through the engine's dialer, so that the address
 * policy checks the address that is actually connected to. Plain http is only allowed for address ranges in the
 * settings. Redirects are not followed, and response bodies are not read.
 */
@Component
class WebhookClient implements DisposableBean {
    /** Maximum duration of an attempt. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(WebhookClient.class);
    private static final MediaType JSON = MediaType.get("application/json");

    private final ExecutorService pool = TaskScope.newPool();
    private final ScanOptions options;
    private final AddressPolicy plainHttp;
    private final OkHttpClient http;

    WebhookClient(WebSentryProperties settings, Clock clock) {
        this.options = ScanOptions.builder()
                .addressPolicy(AddressPolicy.publicAddressesAnd(settings.scan().allow()))
                .dnsServers(settings.scan().dnsServers())
                .resolve(settings.scan().resolve())
                .rootStore(settings.scan().readRootStore())
                .caCertificates(settings.scan().readCaCertificates())
                .build();
        this.plainHttp = address -> settings.scan().allow().stream().anyMatch(range -> range.contains(address));
        CustomCaTls roots = CustomCaTls.of(
                new TrustStore(RootCertificates.of(options.rootStore(), options.caCertificates()), clock.instant()));
        this.http = new OkHttpClient.Builder()
                .sslSocketFactory(roots.socketFactory(), roots.manager())
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .proxy(Proxy.NO_PROXY)
                .callTimeout(TIMEOUT)
                .build();
    }

    /** Posts a message once, without retries. */
    DeliveryAttempt post(URI url, Map<String, String> headers, String body) {
        HttpUrl address = HttpUrl.get(url.toString());
        Deadline deadline = Deadline.in(TIMEOUT);
        try (TaskScope tasks = new TaskScope(pool)) {
            ScanHostResolver book = new ScanHostResolver(names(deadline, tasks), options.resolve(), tasks);
            AddressPolicy policy = address.isHttps() ? options.addressPolicy() : plainHttp;
            AddressPolicy logged = new LoggingAddressPolicy("webhook at " + address.host(), policy);
            Dialer dialer = new Dialer(logged, options.connectTimeout(), book);
            OkHttpClient guarded = http.newBuilder()
                    .socketFactory(dialer.socketFactory())
                    .dns(dns(book, logged, address.port(), deadline))
                    .build();
            Request.Builder request = new Request.Builder()
                    .url(address)
                    .header("User-Agent", options.userAgent())
                    .post(RequestBody.create(body, JSON));
            headers.forEach(request::header);
            return attempt(guarded, request.build());
        }
    }

    private static DeliveryAttempt attempt(OkHttpClient client, Request request) {
        try (Response response = client.newCall(request).execute()) {
            int status = response.code();
            if (response.isSuccessful()) {
                return new DeliveryAttempt(Optional.of(status), Optional.empty());
            }
            return new DeliveryAttempt(
                    Optional.of(status),
                    Optional.of(
                            response.isRedirect()
                                    ? "The receiver responded with status " + status + "; redirects are not followed"
                                    : "The receiver responded with status " + status + "; 200 to 299 is required"));
        } catch (IOException e) {
            LOG.info(
                    "Failed to send a webhook message to {}: {}",
                    ForeignText.escape(request.url().host()),
                    ForeignText.escape(e));
            return new DeliveryAttempt(Optional.empty(), Optional.of(WebhookFailureText.of(e, request.isHttps())));
        } finally {
            // A pooled connection would be reused without a check of its address.
            client.connectionPool().evictAll();
        }
    }

    private NameResolver names(Deadline deadline, TaskScope tasks) {
        return options.dnsServers().isEmpty()
                ? new SystemNameResolver()
                : new DnsNameResolver(DnsClient.of(options.dnsServers(), deadline), tasks);
    }

    /** Returns the allowed addresses of a host; all of them if none is allowed, so that the dialer refuses them. */
    private static Dns dns(ScanHostResolver book, AddressPolicy policy, int port, Deadline deadline) {
        return host -> {
            try {
                List<InetAddress> found = book.resolve(host, port, deadline);
                List<InetAddress> allowed =
                        found.stream().filter(policy::allows).toList();
                return allowed.isEmpty() ? found : allowed;
            } catch (IOException e) {
                // The interface only allows this exception type.
                UnknownHostException unknown = new UnknownHostException(e.getMessage());
                unknown.initCause(e);
                throw unknown;
            }
        };
    }

    @Override
    public void destroy() {
        pool.shutdownNow();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
