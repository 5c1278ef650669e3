package dev.websentry.engine.net;

/** What became of the client certificate in the handshakes with one server. */
enum ClientCertificate {
    NOT_ASKED_FOR(""),
    /** There was none to show. */
    WITHHELD("the server demands a client certificate"),
    /** Where HTTP fails after that, the server did not want this one. */
    SHOWN("the server does not accept the configured client certificate");

    private final String complaint;

    ClientCertificate(String complaint) {
        this.complaint = complaint;
    }

    /** What to say when the server then does not answer. */
    String complaint() {
        return complaint;
    }
}
