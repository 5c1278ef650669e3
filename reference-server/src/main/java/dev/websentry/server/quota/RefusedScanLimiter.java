package dev.websentry.server.quota;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Limits scans that are refused before they send anything to their target. They cost no quota, but each tells whether a
 * name exists and whether its address is public, so that many of them would search the names of a private network.
 */
@Component
public class RefusedScanLimiter {
    /** Many more than a user mistypes. */
    public static final int MAX_PER_HOUR = 100;

    private static final Set<ErrorCode> REFUSALS = Set.of(ErrorCode.UNRESOLVABLE, ErrorCode.BLOCKED_ADDRESS);

    private final HourlyLimiter limits;

    RefusedScanLimiter(HourlyLimiter limits) {
        this.limits = limits;
    }

    /**
     * Checks that a caller may start a scan.
     *
     * @param subject the account or address of the caller
     * @throws ApiException 429 if too many scans of the caller were refused
     */
    public void requireAllowed(String subject) {
        limits.requireBelow(
                limited(subject),
                MAX_PER_HOUR,
                "Too many of your scans were of hosts that do not exist or are not public. Try again later.");
    }

    /** Counts a failed scan if it was refused. */
    public void record(String subject, ErrorCode failure) {
        if (REFUSALS.contains(failure)) {
            // The result is not needed: the limit is enforced before the next scan.
            boolean unused = limits.tryCount(limited(subject), MAX_PER_HOUR);
        }
    }

    private static String limited(String subject) {
        // The name of the limit ends at the first colon, as in refused-scan-account.
        return "refused-scan-" + subject;
    }
}
