package dev.websentry.server.email;

/**
 * What an account with a verified address wants to receive.
 *
 * @param email the verified address
 * @param alerts whether alerts about grades and certificates are sent
 * @param summary whether the weekly summary is sent
 */
public record EmailPreference(String email, boolean alerts, boolean summary) {
    /** Omits the address, so that the text is safe to log. */
    @Override
    public String toString() {
        return "EmailPreference[alerts=" + alerts + ", summary=" + summary + "]";
    }
}
