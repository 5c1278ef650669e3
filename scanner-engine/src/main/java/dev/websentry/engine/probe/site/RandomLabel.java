package dev.websentry.engine.probe.site;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Generates random labels for host names and paths that do not exist. */
final class RandomLabel {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomLabel() {}

    /** Returns a new label: the letter x and 16 hexadecimal digits. */
    static String next() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return "x" + HexFormat.of().formatHex(bytes);
    }
}
