package dev.websentry.engine.pki;

/** Thrown when a certificate or one of its extensions does not have the format of RFC 5280. */
final class MalformedCertificateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a stack trace, because the input is at fault.
     *
     * @param reason phrase that describes the error
     */
    MalformedCertificateException(String reason) {
        super(reason, null, false, false);
    }

    /** Returns the phrase that describes the error. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
