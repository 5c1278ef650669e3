package dev.websentry.engine.job;

import dev.websentry.engine.check.InternalCheckError;
import dev.websentry.engine.config.ScanException;

/** Describes a scan or grading that ended with an exception that is a defect of the scanner. */
final class InternalScanError {
    private InternalScanError() {}

    /**
     * Returns the error of one site.
     *
     * @param work what ended with the exception; the start of the message
     * @param cause the exception
     */
    static ScanException of(String work, Throwable cause) {
        return new ScanException(
                ScanException.ScanFailureReason.INTERNAL_ERROR,
                work + " ended with an internal error, " + InternalCheckError.origin(cause) + "; "
                        + InternalCheckError.ADVICE,
                cause);
    }
}
