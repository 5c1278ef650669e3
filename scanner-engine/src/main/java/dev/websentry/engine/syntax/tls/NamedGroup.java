package dev.websentry.engine.syntax.tls;

import java.util.List;

/** Key exchange groups of the IANA registry "TLS Supported Groups". */
public enum NamedGroup {
    X25519MLKEM768(0x11EC),
    SECP256R1MLKEM768(0x11EB),
    SECP384R1MLKEM1024(0x11ED),
    X25519(0x001D),
    SECP256R1(0x0017),
    X448(0x001E),
    SECP521R1(0x0019),
    SECP384R1(0x0018),
    FFDHE2048(0x0100),
    FFDHE3072(0x0101);

    /**
     * Code points of the elliptic curves to offer up to TLS 1.2, including unusual ones that some old servers require.
     */
    static final List<Integer> ELLIPTIC_CURVES =
            List.of(0x001D, 0x0017, 0x001E, 0x0019, 0x0018, 0x001A, 0x001B, 0x001C, 0x0016, 0x0015, 0x0013, 0x000D);

    private final int code;

    NamedGroup(int code) {
        this.code = code;
    }

    /** Returns the code point. */
    public int code() {
        return code;
    }
}
