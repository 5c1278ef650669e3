package dev.websentry.engine.net;

import dev.websentry.engine.config.ClientIdentity;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.syntax.IpLiterals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
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

    private static String hostAndPort(HttpUrl url) {
        return url.host() + " " + url.port();
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
                try {
                    parameters.setServerNames(List.of(new SNIHostName(host)));
                    tls.setSSLParameters(parameters);
                } catch (IllegalArgumentException e) {
                    // SNI cannot contain the name, for example because of an underscore: JSSE's default applies.
                }
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
