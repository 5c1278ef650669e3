package dev.websentry.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request with the client's address and origin instead of the proxy's. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private final String address;
    private final WebOrigin origin;

    ForwardedRequest(HttpServletRequest request, String address, WebOrigin origin) {
        super(request);
        this.address = address;
        this.origin = origin;
    }

    @Override
    public String getRemoteAddr() {
        return address;
    }

    @Override
    public String getRemoteHost() {
        return address;
    }

    @Override
    public String getScheme() {
        return origin.scheme();
    }

    @Override
    public boolean isSecure() {
        return origin.isSecure();
    }

    @Override
    public String getServerName() {
        return origin.host();
    }

    @Override
    public int getServerPort() {
        return origin.port();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(origin.toString()).append(getRequestURI());
    }
}
