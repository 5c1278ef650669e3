package dev.websentry.server.scan;

import dev.websentry.engine.config.ScanException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.scan.Scan.ScanFailure;
import dev.websentry.server.scan.Scan.ScanState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates exceptions of scans to the failures that are stored and returned. */
final class ScanFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ScanFailures.class);

    private static final int MAX_MESSAGE_LENGTH = 3_000;

    private ScanFailures() {}

    static ScanState state(ScanException failure) {
        return failure.reason() == ScanException.ScanFailureReason.INTERRUPTED
                ? ScanState.INTERRUPTED
                : ScanState.FAILED;
    }

    static ScanFailure of(ScanException failure) {
        // Error messages of TLS and HTTP quote what the site sent.
        String message = ForeignText.escape(failure.getMessage(), MAX_MESSAGE_LENGTH);
        return switch (failure.reason()) {
            case UNRESOLVABLE -> new ScanFailure(ErrorCode.UNRESOLVABLE, message);
            case BLOCKED_ADDRESS -> new ScanFailure(ErrorCode.BLOCKED_ADDRESS, LoggingAddressPolicy.REFUSAL);
            case UNREACHABLE -> new ScanFailure(ErrorCode.UNREACHABLE, message);
            case REFUSED_BY_SITE -> new ScanFailure(ErrorCode.REFUSED_BY_SITE, message);
            case TIMED_OUT -> new ScanFailure(ErrorCode.TIMED_OUT, message);
            // SERVER_FAILED comes from remote scans on another server and does not occur here.
            // INTERNAL_ERROR comes from jobs; here such a defect is an unchecked exception.
            case SERVER_FAILED, INTERNAL_ERROR -> new ScanFailure(ErrorCode.INTERNAL, message);
            case INTERRUPTED -> interrupted();
        };
    }

    static ScanFailure interrupted() {
        return new ScanFailure(ErrorCode.BUSY, ScanService.INTERRUPTED_MESSAGE);
    }

    /** Logs a defect and returns its failure. */
    static ScanFailure internal(NewScan scan, Throwable defect) {
        LOG.error(
                "scan {} of {} failed with an internal error",
                scan.id(),
                ForeignText.escape(scan.target().input()),
                defect);
        return new ScanFailure(
                ErrorCode.INTERNAL,
                "The scan of " + scan.target().input()
                        + " failed with an internal error. See the server log for details.");
    }
}
