package dev.websentry.engine.syntax.tls;

/** Strength of a cipher suite, weakest first. If several apply, a suite has the weakest. */
public enum CipherStrength {
    NO_PROTECTION("NULL, anonymous or EXPORT"),
    RC4("RC4"),
    SMALL_BLOCK("DES, 3DES, IDEA or RC2"),
    STATIC_KEY("static RSA or DH key exchange"),
    CBC("CBC"),
    FORWARD_SECRET_AEAD("forward secrecy with AEAD");

    private final String title;

    CipherStrength(String title) {
        this.title = title;
    }

    /** Returns the description for reports. */
    public String title() {
        return title;
    }

    static CipherStrength of(String name) {
        if (name.contains("_WITH_NULL") || name.contains("_anon_") || name.contains("EXPORT")) {
            return NO_PROTECTION;
        }
        if (name.contains("_RC4_")) {
            return RC4;
        }
        if (name.contains("_DES_") || name.contains("_3DES_") || name.contains("_IDEA_") || name.contains("_RC2_")) {
            return SMALL_BLOCK;
        }
        if (!name.startsWith("TLS_DHE_") && !name.startsWith("TLS_ECDHE_") && name.contains("_WITH_")) {
            return STATIC_KEY;
        }
        return name.contains("_CBC_") ? CBC : FORWARD_SECRET_AEAD;
    }
}
