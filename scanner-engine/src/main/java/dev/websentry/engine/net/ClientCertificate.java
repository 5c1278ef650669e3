package dev.websentry.engine.net;

/** States whether one server requested a client certificate and whether one was sent. */
enum ClientCertificate {
    /** The server did not request a client certificate. */
    NOT_ASKED_FOR(""),
    /** The server requested a client certificate, but none was sent. */
    WITHHELD("the server requires a client certificate"),
    /** The configured certificate was sent; if HTTP fails afterwards, the server rejected it. */
    SHOWN("the server does not accept the configured client certificate");

    private final String complaint;

    ClientCertificate(String complaint) {
        this.complaint = complaint;
    }

    /** Returns the failure message for a request that fails in this state. */
    String complaint() {
        return complaint;
    }
}
