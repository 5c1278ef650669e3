package dev.websentry.engine.config;

/** Thrown when a site could not be scanned. It does not result in a grade; front ends report it as an error. */
public final class ScanException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reasons why a site could not be scanned. */
    public enum ScanFailureReason {
        /** The host name has no IP address. */
        UNRESOLVABLE("unresolvable"),
        /** No server responds at the host's addresses. */
        UNREACHABLE("unreachable"),
        /** The address policy forbids all addresses of the host. */
        BLOCKED_ADDRESS("blocked_address"),
        /** The entry page responded twice with status 429, 5xx or a bot protection page. */
        REFUSED_BY_SITE("refused_by_site"),
        /** The scan timed out before there was anything to evaluate. */
        TIMED_OUT("timed_out"),
        /** The WebSentry server that was asked to scan the site failed. */
        SERVER_FAILED("server_failed"),
        /** The scan ended with an exception that is a defect of the scanner. */
        INTERNAL_ERROR("internal_error"),
        /** The thread that ran the scan was interrupted. */
        INTERRUPTED("interrupted");

        private final String code;

        ScanFailureReason(String code) {
            this.code = code;
        }

        /** Returns the reason's identifier in report files and APIs. */
        public String code() {
            return code;
        }
    }

    private final ScanFailureReason reason;

    /**
     * Creates an exception.
     *
     * @param reason why the site could not be scanned
     * @param message a description for the user, which names the site
     */
    public ScanException(ScanFailureReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Creates an exception with a cause.
     *
     * @param reason why the site could not be scanned
     * @param message a description for the user, which names the site
     * @param cause the exception that ended the scan
     */
    public ScanException(ScanFailureReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public ScanFailureReason reason() {
        return reason;
    }
}
