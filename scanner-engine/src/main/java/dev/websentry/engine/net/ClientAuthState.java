package dev.websentry.engine.net;

/** States whether one server requested a client certificate and whether one was sent. */
enum ClientAuthState {
    /** The server did not request a client certificate. */
    NOT_REQUESTED(""),
    /** The server requested a client certificate, but none was sent. */
    NOT_SENT("the server requires a client certificate"),
    /** The configured certificate was sent; if HTTP fails afterwards, the server rejected it. */
    SENT("the server does not accept the configured client certificate");

    private final String failureDetail;

    ClientAuthState(String complaint) {
        this.failureDetail = complaint;
    }

    /** Returns the failure message for a request that fails in this state. */
    String failureDetail() {
        return failureDetail;
    }
}
