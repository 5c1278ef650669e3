package dev.websentry.engine.net;

import dev.websentry.engine.syntax.AddressLiteral;
import dev.websentry.engine.target.ClientIdentity;
import dev.websentry.engine.target.Target;
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
 * TLS sockets that accept any certificate, because a site with a bad one is to be looked at, not refused. Nothing secret
 * is ever sent over them unless {@link TrustStore} accepts the server. Touches no JVM-wide setting.
 */
final class ObservingTls {
    private static final String ALIAS = "client";

    /** An extended trust manager: JSSE adds checks of its own to a plain one. */
    static final X509ExtendedTrustManager ACCEPT_ALL = new AcceptAll();

    private final Map<String, ClientCertificate> askedForClientCertificate = new ConcurrentHashMap<>();
    /** Whose handshake a socket is in: its own idea of host and port is where it was dialled. */
    private final Map<Socket, HttpUrl> origins = Collections.synchronizedMap(new WeakHashMap<>());

    private final SSLSocketFactory factory;
    private final Target target;
    private final Optional<ClientIdentity> identity;

    /** @param identity shown to the target's own origin and to nobody else */
    ObservingTls(Target target, Optional<ClientIdentity> identity) {
        this.target = target;
        this.identity = identity;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Clients()}, new TrustManager[] {ACCEPT_ALL}, null);
            factory = new NamedServerSockets(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this runtime has no TLS", e);
        }
    }

    SSLSocketFactory socketFactory() {
        return factory;
    }

    /** What a server had of a client certificate in this scan. */
    ClientCertificate clientCertificate(HttpUrl url) {
        return askedForClientCertificate.getOrDefault(place(url), ClientCertificate.NOT_ASKED_FOR);
    }

    private static String place(HttpUrl url) {
        return url.host() + " " + url.port();
    }

    /** Names the server in SNI even where JSSE would not, for a name of one label. */
    private final class NamedServerSockets extends SSLSocketFactory {
        private final SSLSocketFactory delegate;

        NamedServerSockets(SSLSocketFactory delegate) {
            this.delegate = delegate;
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            SSLSocket tls = (SSLSocket) delegate.createSocket(socket, host, port, autoClose);
            origins.put(
                    tls,
                    new HttpUrl.Builder().scheme("https").host(host).port(port).build());
            if (!AddressLiteral.is(host)) {
                SSLParameters parameters = tls.getSSLParameters();
                try {
                    parameters.setServerNames(List.of(new SNIHostName(host)));
                    tls.setSSLParameters(parameters);
                } catch (IllegalArgumentException e) {
                    // A name that SNI cannot carry, such as one with an underscore: JSSE's own choice stands.
                }
            }
            return new BoundedTlsSocket(tls, socket);
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
            throw new UnsupportedOperationException("only over a socket that the dialer connected");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException("only over a socket that the dialer connected");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("only over a socket that the dialer connected");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException("only over a socket that the dialer connected");
        }
    }

    /** Notes who asks for a client certificate, and shows one to the target alone. */
    private final class Clients extends X509ExtendedKeyManager {
        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            HttpUrl origin = socket == null ? null : origins.get(socket);
            if (origin != null) {
                boolean ownOrigin = target.host().ascii().equals(origin.host()) && origin.port() == target.httpsPort();
                boolean shown = ownOrigin
                        && identity.filter(own ->
                                        List.of(keyTypes).contains(own.key().getAlgorithm()))
                                .isPresent();
                askedForClientCertificate.put(
                        place(origin), shown ? ClientCertificate.SHOWN : ClientCertificate.WITHHELD);
                return shown ? ALIAS : null;
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

    private static final class AcceptAll extends X509ExtendedTrustManager {
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
