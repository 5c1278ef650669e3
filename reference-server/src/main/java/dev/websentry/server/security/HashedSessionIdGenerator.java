package dev.websentry.server.security;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.token.SecureTokens;
import java.util.HashMap;
import java.util.Map;
import org.springframework.session.SessionIdGenerator;

/**
 * Generates session ids for the database, which are digests of the ids for the cookie. The database, or a backup of it,
 * therefore contains no id that a request could use. {@link ThrottledSessionRepository} converts the ids.
 */
final class HashedSessionIdGenerator implements SessionIdGenerator {
    private static final int ID_BYTES = 32;

    /** The ids for the cookie by their digest. A session is created and its id is taken in the same thread. */
    private static final ThreadLocal<Map<String, String>> GENERATED = ThreadLocal.withInitial(HashMap::new);

    @Override
    public String generate() {
        String id = SecureTokens.randomHex(ID_BYTES);
        String digest = hash(id);
        GENERATED.get().put(digest, id);
        return digest;
    }

    /** Returns the digest of an id, which is stored in the database. */
    static String hash(String id) {
        return Sha256.hex("session " + id);
    }

    /**
     * Returns the id for the cookie and forgets all ids that this thread has generated.
     *
     * @param digest an id that {@link #generate} has just returned
     */
    String takeId(String digest) {
        String id = GENERATED.get().get(digest);
        GENERATED.remove();
        if (id == null) {
            throw new IllegalStateException("the session id was not generated in this thread");
        }
        return id;
    }
}
