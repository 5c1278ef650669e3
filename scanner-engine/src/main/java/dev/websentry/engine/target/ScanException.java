package dev.websentry.engine.target;

/** A scan that could not run. Never a grade: a front end shows it as an error of its own kind. */
public final class ScanException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why a scan could not run. */
    public enum Reason {
        /** The name has no address. */
        UNRESOLVABLE("unresolvable"),
        /** Nothing answers at the host's addresses. */
        UNREACHABLE("unreachable"),
        /** The address policy forbids every address of the host. */
        BLOCKED_ADDRESS("blocked_address"),
        /** The entry page answers 429, 5xx or a bot wall, twice. */
        REFUSED_BY_SITE("refused_by_site"),
        /** The deadline passed before there was anything to judge. */
        TIMED_OUT("timed_out"),
        /** The WebSentry server that was to scan did not. */
        SERVER_FAILED("server_failed"),
        /** The calling thread was interrupted. */
        INTERRUPTED("interrupted");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The reason's name in files and APIs. */
        public String code() {
            return code;
        }
    }

    private final Reason reason;

    public ScanException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
