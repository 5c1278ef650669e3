package dev.websentry.engine.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user name and a password for Basic authentication (RFC 7617). {@link #toString()} does not reveal the password.
 *
 * @param user the user name, without a colon and without control characters (RFC 7617 section 2); not empty
 * @param password the password, without control characters; it may be empty
 */
public record BasicCredentials(String user, String password) {
    public BasicCredentials {
        if (user.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException("a user name must not be empty or contain a colon");
        }
        if ((user + password).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user name or password must not contain control characters");
        }
    }

    /**
     * Returns the credentials as the value of an Authorization or Proxy-Authorization header.
     *
     * @return the scheme {@code Basic} and the encoded credentials
     */
    public String authorizationHeader() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
