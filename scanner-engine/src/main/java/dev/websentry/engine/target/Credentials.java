package dev.websentry.engine.target;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user name and a password, as RFC 7617 sends them. The password shows in no text of this object.
 *
 * @param user without a colon and without control characters (RFC 7617 section 2)
 */
public record Credentials(String user, String password) {
    public Credentials {
        if (user.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException("a user name must not be empty or hold a colon");
        }
        if ((user + password).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user name or password must not hold control characters");
        }
    }

    /** The value of an Authorization or Proxy-Authorization header. */
    public String basic() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
