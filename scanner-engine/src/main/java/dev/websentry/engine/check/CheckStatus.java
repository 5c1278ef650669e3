package dev.websentry.engine.check;

import java.util.Arrays;
import java.util.Optional;

/** The documented {@code status} of a check in the API. Several {@linkplain CheckOutcome outcomes} share INFO. */
public enum CheckStatus {
    PASS("pass"),
    WARN("warn"),
    FAIL("fail"),
    INFO("info");

    private final String label;

    CheckStatus(String label) {
        this.label = label;
    }

    /** Returns the value of the API: pass, warn, fail or info. */
    public String label() {
        return label;
    }

    /** Returns the status with this label; empty if there is no such status. */
    public static Optional<CheckStatus> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(status -> status.label.equals(label))
                .findFirst();
    }
}
