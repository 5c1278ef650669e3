package dev.websentry.engine.check;

/**
 * A finding so grave that the score cannot rise above it.
 *
 * @param limit the highest score that is left, 0 to 100
 */
public record Cap(int limit, String reason) {
    /** No HTTPS, a certificate nobody should accept, broken cryptography, an exposed secret: F. */
    public static final int F = 49;
    /** C at best. */
    public static final int C = 69;
    /** B at best. */
    public static final int B = 79;
    /** A at best. */
    public static final int A = 89;
}
