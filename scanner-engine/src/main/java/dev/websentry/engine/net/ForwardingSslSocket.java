package dev.websentry.engine.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An {@link SSLSocket} that forwards to the JDK's socket, with three differences: it limits the size of HTTP/2 header
 * blocks with {@link Http2HeaderLimitInputStream}, it joins folded HTTP/1.1 header lines with
 * {@link HeaderUnfoldingStreams}, and it closes without waiting for the server's close_notify.
 */
// The delegate is thread-safe; a lock in this class would let a blocked read delay close().
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class ForwardingSslSocket extends SSLSocket {
    private final SSLSocket delegate;
    private final Socket connection;
    private @Nullable HeaderUnfoldingStreams http1;

    /**
     * Wraps a TLS socket.
     *
     * @param delegate the JDK's TLS socket
     * @param connection the plain socket that the delegate is layered over
     */
    ForwardingSslSocket(SSLSocket delegate, Socket connection) {
        this.delegate = delegate;
        this.connection = connection;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return isHttp2() ? new Http2HeaderLimitInputStream(delegate.getInputStream()) : http1().input();
    }

    @Override
    public void startHandshake() throws IOException {
        delegate.startHandshake();
    }

    @Override
    public SSLSession getSession() {
        return delegate.getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return delegate.getHandshakeSession();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return delegate.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        delegate.setSSLParameters(parameters);
    }

    @Override
    public @Nullable String getApplicationProtocol() {
        return delegate.getApplicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        return delegate.getHandshakeApplicationProtocol();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return delegate.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return delegate.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        delegate.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return delegate.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return delegate.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        delegate.setEnabledProtocols(protocols);
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        delegate.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        delegate.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void setUseClientMode(boolean mode) {
        delegate.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return delegate.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        delegate.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return delegate.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        delegate.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return delegate.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        delegate.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return delegate.getEnableSessionCreation();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return isHttp2() ? delegate.getOutputStream() : http1().output();
    }

    /**
     * Sends a close_notify, as RFC 8446 section 6.1 requires, but does not wait for the peer's, which would cost a
     * round trip for each connection.
     */
    @Override
    public void close() throws IOException {
        try {
            delegate.shutdownOutput();
        } catch (IOException e) {
            // The connection is closed or reset, or the handshake never completed; there is nobody to notify.
        }
        connection.close();
        delegate.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        delegate.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        delegate.shutdownOutput();
    }

    @Override
    public boolean isClosed() {
        return delegate.isClosed();
    }

    @Override
    public boolean isConnected() {
        return delegate.isConnected();
    }

    @Override
    public boolean isBound() {
        return delegate.isBound();
    }

    @Override
    public boolean isInputShutdown() {
        return delegate.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return delegate.isOutputShutdown();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        delegate.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return delegate.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        delegate.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return delegate.getTcpNoDelay();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return delegate.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return delegate.getLocalAddress();
    }

    @Override
    public int getPort() {
        return delegate.getPort();
    }

    @Override
    public int getLocalPort() {
        return delegate.getLocalPort();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return delegate.getRemoteSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return delegate.getLocalSocketAddress();
    }

    private boolean isHttp2() {
        return "h2".equals(delegate.getApplicationProtocol());
    }

    /** Returns the streams of an HTTP/1.1 connection; both must be of one instance. */
    private synchronized HeaderUnfoldingStreams http1() throws IOException {
        if (http1 == null) {
            http1 = new HeaderUnfoldingStreams(delegate.getInputStream(), delegate.getOutputStream());
        }
        return http1;
    }
}
