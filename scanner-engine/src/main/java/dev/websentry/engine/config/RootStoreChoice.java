package dev.websentry.engine.config;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The root store that decides which certificates are trusted. The configured CA certificates are trusted in addition.
 *
 * @param kind which store
 * @param certificates the roots of a file; empty for the other stores
 */
public record RootStoreChoice(RootStoreKind kind, List<X509Certificate> certificates) {
    /** The list of roots that browsers trust, which is part of the engine. */
    public static final RootStoreChoice BROWSERS = new RootStoreChoice(RootStoreKind.BROWSERS, List.of());
    /** The trust store of the Java runtime that runs the scan. */
    public static final RootStoreChoice JDK = new RootStoreChoice(RootStoreKind.JDK, List.of());

    public RootStoreChoice {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() == (kind == RootStoreKind.FILE)) {
            throw new IllegalArgumentException("a root store of a file has certificates, other stores have none");
        }
    }

    /** The types of root stores. */
    public enum RootStoreKind {
        /** The bundled list of roots that browsers trust. */
        BROWSERS,
        /** The trust store of the Java runtime. */
        JDK,
        /** The certificates of a file. */
        FILE
    }

    /** Returns a store of the certificates of a file; at least one. */
    public static RootStoreChoice ofFile(List<X509Certificate> certificates) {
        return new RootStoreChoice(RootStoreKind.FILE, certificates);
    }
}
