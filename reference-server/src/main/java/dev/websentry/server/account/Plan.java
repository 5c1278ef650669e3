package dev.websentry.server.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an account may do. */
public enum Plan {
    FREE(0, false),
    PRO(5, true),
    AGENCY(25, true);

    private final int monitors;
    private final boolean paid;

    Plan(int monitors, boolean paid) {
        this.monitors = monitors;
        this.paid = paid;
    }

    /** How many monitors it may have. */
    public int monitors() {
        return monitors;
    }

    public boolean hasKeys() {
        return paid;
    }

    public boolean hasUnlimitedScans() {
        return paid;
    }

    /** As it is stored, shown and typed. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such plan; the message names the input
     */
    public static Plan parse(String text) {
        for (Plan plan : values()) {
            if (plan.wire().equalsIgnoreCase(text.strip())) {
                return plan;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a plan: expected one of "
                + Arrays.stream(values()).map(Plan::wire).collect(Collectors.joining(", ")));
    }
}
