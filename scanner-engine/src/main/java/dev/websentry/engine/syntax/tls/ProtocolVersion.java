package dev.websentry.engine.syntax.tls;

import java.util.Optional;

/** SSL and TLS protocol versions, oldest first. */
public enum ProtocolVersion {
    SSL_2(0x0002, "SSLv2"),
    SSL_3(0x0300, "SSLv3"),
    TLS_1_0(0x0301, "TLS 1.0"),
    TLS_1_1(0x0302, "TLS 1.1"),
    TLS_1_2(0x0303, "TLS 1.2"),
    TLS_1_3(0x0304, "TLS 1.3");

    private final int code;
    private final String title;

    ProtocolVersion(int code, String title) {
        this.code = code;
        this.title = title;
    }

    /** Returns the code point. */
    public int code() {
        return code;
    }

    /** Returns the usual notation, such as {@code TLS 1.2}. */
    public String title() {
        return title;
    }

    /**
     * Returns the version with a code point.
     *
     * @param code code point, two bytes
     * @return the version; empty if the code point is unknown
     */
    public static Optional<ProtocolVersion> of(int code) {
        for (ProtocolVersion version : values()) {
            if (version.code == code) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }
}
