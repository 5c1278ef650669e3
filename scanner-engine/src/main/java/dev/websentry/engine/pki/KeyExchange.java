package dev.websentry.engine.pki;

import java.util.Locale;

/** How a handshake used the key of the server's certificate, which its key usage must allow. */
public enum KeyExchange {
    /** The server signed: every suite of TLS 1.3, and ECDHE. */
    SIGNATURE,
    /** The client encrypted the premaster secret with the server's RSA key (RFC 5246 section 7.4.7.1). */
    RSA_KEY_TRANSPORT,
    /** The handshake is not known, or is one that browsers do not offer. */
    UNKNOWN;

    /**
     * Returns the use of the key in a handshake.
     *
     * @param description text that contains the name of the cipher suite, by IANA or by JSSE
     */
    public static KeyExchange of(String description) {
        String text = description.toUpperCase(Locale.ROOT);
        if (text.contains("TLS_RSA_WITH_") || text.contains("SSL_RSA_WITH_") || text.contains("RSA_EXPORT_WITH_")) {
            return RSA_KEY_TRANSPORT;
        }
        boolean tls13 = text.contains("TLS_AES_") || text.contains("TLS_CHACHA20_");
        return tls13 || text.contains("ECDHE_") ? SIGNATURE : UNKNOWN;
    }
}
