package dev.websentry.engine.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
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
import org.jspecify.annotations.Nullable;

/**
 * TLS sockets that accept any certificate, because a site with a bad one is to be looked at, not refused. Nothing secret
 * is ever sent over them unless {@link TrustStore} accepts the server. Touches no JVM-wide setting.
 */
final class ObservingTls {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    /** An extended trust manager: JSSE adds checks of its own to a plain one. */
    static final X509ExtendedTrustManager ACCEPT_ALL = new AcceptAll();

    private final Set<String> askedForClientCertificate = ConcurrentHashMap.newKeySet();
    private final SSLSocketFactory factory;

    ObservingTls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new NoClientCertificate()}, new TrustManager[] {ACCEPT_ALL}, null);
            factory = new NamedServerSockets(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this runtime has no TLS", e);
        }
    }

    SSLSocketFactory socketFactory() {
        return factory;
    }

    /** Whether a server of that name asked for a client certificate in a handshake of this scan. */
    boolean askedForClientCertificate(String host) {
        return askedForClientCertificate.contains(host);
    }

    /** Names the server in SNI even where JSSE would not, for a name of one label. */
    private static final class NamedServerSockets extends SSLSocketFactory {
        private final SSLSocketFactory delegate;

        NamedServerSockets(SSLSocketFactory delegate) {
            this.delegate = delegate;
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            SSLSocket tls = (SSLSocket) delegate.createSocket(socket, host, port, autoClose);
            if (!LITERAL.matcher(host).matches()) {
                SSLParameters parameters = tls.getSSLParameters();
                try {
                    parameters.setServerNames(List.of(new SNIHostName(host)));
                    tls.setSSLParameters(parameters);
                } catch (IllegalArgumentException e) {
                    // A name that SNI cannot carry, such as one with an underscore: JSSE's own choice stands.
                }
            }
            return new BoundedTlsSocket(tls);
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

    private final class NoClientCertificate extends X509ExtendedKeyManager {
        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            if (socket instanceof SSLSocket tls && tls.getHandshakeSession() != null) {
                askedForClientCertificate.add(
                        String.valueOf(tls.getHandshakeSession().getPeerHost()));
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
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
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
