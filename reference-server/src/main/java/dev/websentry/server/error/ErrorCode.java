package dev.websentry.server.error;

import java.util.Locale;
import java.util.Optional;

/** A machine-readable error code and its HTTP status. The {@code code} field extends the documented error body. */
public enum ErrorCode {
    INVALID_REQUEST(400),
    INVALID_URL(400),
    UNRESOLVABLE(400),
    UNREACHABLE(400),
    /** The site responded, but with 429, 5xx or a bot protection page. */
    REFUSED_BY_SITE(400),
    /** The scan timed out before there was anything to evaluate. */
    TIMED_OUT(400),
    BLOCKED_ADDRESS(400),
    EMAIL_TAKEN(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    FORBIDDEN_PLAN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    RATE_LIMITED(429),
    INTERNAL(500),
    NOT_IMPLEMENTED(501),
    BUSY(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Returns the documented code, which does not distinguish why a site cannot be reached. */
    public String wireName() {
        return (reason().isPresent() ? UNREACHABLE : this).id();
    }

    /** Returns a reason that is more exact than the documented code: refused_by_site or timed_out; empty otherwise. */
    public Optional<String> reason() {
        return this == REFUSED_BY_SITE || this == TIMED_OUT ? Optional.of(id()) : Optional.empty();
    }

    /** Returns the name in lower case, as it is stored in the database. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the code with a name of the database. */
    public static ErrorCode parse(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** Returns the code for a status that Spring or Tomcat has set. */
    public static ErrorCode forStatus(int status) {
        for (ErrorCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL;
    }
}
