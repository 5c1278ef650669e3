package dev.websentry.engine.probe.site;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that exist nowhere. */
final class RandomName {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomName() {}

    static String next() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return "x" + HexFormat.of().formatHex(bytes);
    }
}
