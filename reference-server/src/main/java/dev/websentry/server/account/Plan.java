package dev.websentry.server.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The subscription plan of an account, which determines its limits. */
public enum Plan {
    FREE(0, false),
    PRO(5, true),
    AGENCY(25, true);

    private final int maxMonitors;
    private final boolean paid;

    Plan(int monitors, boolean paid) {
        this.maxMonitors = monitors;
        this.paid = paid;
    }

    /** Returns the maximum number of monitors; 0 if the plan has none. */
    public int maxMonitors() {
        return maxMonitors;
    }

    public boolean hasApiKeys() {
        return paid;
    }

    public boolean hasUnlimitedScans() {
        return paid;
    }

    /** Returns the name in lower case, as it is stored in the database and used in the API and on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses the name of a plan, ignoring case and surrounding white space.
     *
     * @throws IllegalArgumentException if the plan does not exist; the message contains the input
     */
    public static Plan parse(String text) {
        for (Plan plan : values()) {
            if (plan.wireName().equalsIgnoreCase(text.strip())) {
                return plan;
            }
        }
        throw new IllegalArgumentException("Unknown plan '" + text + "'; use one of "
                + Arrays.stream(values()).map(Plan::wireName).collect(Collectors.joining(", ")));
    }
}
