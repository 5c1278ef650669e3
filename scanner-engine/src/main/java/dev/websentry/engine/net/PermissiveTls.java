package dev.websentry.engine.net;

import dev.websentry.engine.config.ClientIdentity;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.syntax.IpLiterals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Creates TLS sockets that accept any server certificate, because a site with an invalid certificate is scanned as
 * well. Secrets are sent only if {@link TrustStore} accepts the server. JVM-wide settings are not changed.
 */
final class PermissiveTls {
    private static final String ALIAS = "client";

    /** Accepts all certificates. It is an extended trust manager, because JSSE adds its own checks to a plain one. */
    static final X509ExtendedTrustManager ACCEPT_ALL = new AcceptAllTrustManager();

    /** The end of JSSE's message; a fatal alert has a different one. */
    private static final String UNRECOGNIZED_NAME_WARNING = "warning: unrecognized_name";

    private final Set<String> withoutServerName = ConcurrentHashMap.newKeySet();
    private final Map<String, ClientAuthState> clientCertificates = new ConcurrentHashMap<>();
    /** The origin of each socket in a handshake; the socket itself knows only the address it is connected to. */
    private final Map<Socket, HttpUrl> origins = Collections.synchronizedMap(new WeakHashMap<>());

    private final SSLSocketFactory factory;
    private final Target target;
    private final Optional<ClientIdentity> identity;

    /**
     * Creates the TLS context of one scan.
     *
     * @param target the target of the scan
     * @param identity the client certificate, which is sent only to the target's own origin
     */
    PermissiveTls(Target target, Optional<ClientIdentity> identity) {
        this.target = target;
        this.identity = identity;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new ClientKeyManager()}, new TrustManager[] {ACCEPT_ALL}, null);
            factory = new SniSocketFactory(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM does not support TLS", e);
        }
    }

    SSLSocketFactory socketFactory() {
        return factory;
    }

    /** Returns whether the server of a URL requested a client certificate during this scan. */
    ClientAuthState clientAuthState(HttpUrl url) {
        return clientCertificates.getOrDefault(hostAndPort(url), ClientAuthState.NOT_REQUESTED);
    }

    /**
     * Decides whether a failed request is repeated without the server name. JSSE ends a handshake at the warning that
     * the server does not know the name, although RFC 6066 section 3 lets both sides continue, as browsers do.
     *
     * @param url the requested URL
     * @param failure why the handshake failed
     * @param omitted whether {@link #omitsServerName} was true before the request. Requests that connect at the same
     *     time, for example to several addresses of the host, all send the name and all receive the warning.
     * @return true if the server sent the warning and the request may have sent the name
     */
    boolean retriesWithoutServerName(HttpUrl url, SSLException failure, boolean omitted) {
        if (!String.valueOf(failure.getMessage()).endsWith(UNRECOGNIZED_NAME_WARNING)) {
            return false;
        }
        withoutServerName.add(hostAndPort(url));
        return !omitted;
    }

    /** Returns whether new connections for a URL do not send the server name. */
    boolean omitsServerName(HttpUrl url) {
        return withoutServerName.contains(hostAndPort(url));
    }

    private static String hostAndPort(HttpUrl url) {
        return hostAndPort(url.host(), url.port());
    }

    private static String hostAndPort(String host, int port) {
        return host + " " + port;
    }

    /** A server name (SNI) without the syntax check of {@code SNIHostName}, which rejects underscores. */
    private static final class HostNameIndication extends SNIServerName {
        HostNameIndication(String host) {
            super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sends the server name (SNI) also for single-label names, for which JSSE would omit it. */
    private final class SniSocketFactory extends SSLSocketFactory {
        private final SSLSocketFactory delegate;

        SniSocketFactory(SSLSocketFactory delegate) {
            this.delegate = delegate;
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            SSLSocket tls = (SSLSocket) delegate.createSocket(socket, host, port, autoClose);
            origins.put(
                    tls,
                    new HttpUrl.Builder().scheme("https").host(host).port(port).build());
            if (!IpLiterals.isIpLiteral(host)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setServerNames(
                        withoutServerName.contains(hostAndPort(host, port))
                                ? List.of()
                                : List.of(new HostNameIndication(host)));
                tls.setSSLParameters(parameters);
            }
            return new ForwardingSslSocket(tls, socket);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return delegate.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return delegate.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("TLS is only supported over a socket that the dialer connected");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException("TLS is only supported over a socket that the dialer connected");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("TLS is only supported over a socket that the dialer connected");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException("TLS is only supported over a socket that the dialer connected");
        }
    }

    /** Records which servers request a client certificate and sends one only to the target. */
    private final class ClientKeyManager extends X509ExtendedKeyManager {
        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            HttpUrl origin = socket == null ? null : origins.get(socket);
            if (origin != null) {
                boolean ownOrigin = target.host().ascii().equals(origin.host()) && origin.port() == target.httpsPort();
                boolean sent = ownOrigin
                        && identity.filter(own ->
                                        List.of(keyTypes).contains(own.key().getAlgorithm()))
                                .isPresent();
                clientCertificates.put(hostAndPort(origin), sent ? ClientAuthState.SENT : ClientAuthState.NOT_SENT);
                return sent ? ALIAS : null;
            }
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return identity.map(own -> own.chain().toArray(X509Certificate[]::new))
                    .orElse(null);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return identity.map(ClientIdentity::key).orElse(null);
        }
    }

    private static final class AcceptAllTrustManager extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
