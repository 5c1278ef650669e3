package dev.websentry.server.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Sessions that note their last use once an hour. Spring Session notes it on every request, which makes every read of a
 * page a durable write.
 */
final class QuietSessions<S extends Session> implements SessionRepository<QuietSessions.Quiet<S>> {
    private static final Duration PRECISION = Duration.ofHours(1);

    private final SessionRepository<S> stored;

    QuietSessions(SessionRepository<S> stored) {
        this.stored = stored;
    }

    @Override
    public Quiet<S> createSession() {
        return new Quiet<>(stored.createSession());
    }

    @Override
    public void save(Quiet<S> session) {
        stored.save(session.loud);
    }

    @Override
    public @Nullable Quiet<S> findById(String id) {
        S found = stored.findById(id);
        return found == null ? null : new Quiet<>(found);
    }

    @Override
    public void deleteById(String id) {
        stored.deleteById(id);
    }

    static final class Quiet<S extends Session> implements Session {
        private final S loud;

        Quiet(S loud) {
            this.loud = loud;
        }

        @Override
        public void setLastAccessedTime(Instant now) {
            if (loud.getLastAccessedTime().plus(PRECISION).isBefore(now)) {
                loud.setLastAccessedTime(now);
            }
        }

        @Override
        public String getId() {
            return loud.getId();
        }

        @Override
        public String changeSessionId() {
            return loud.changeSessionId();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Spring Session's signature.
        public <T> @Nullable T getAttribute(String name) {
            return loud.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return loud.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            if (value == null) {
                loud.removeAttribute(name);
            } else {
                loud.setAttribute(name, value);
            }
        }

        @Override
        public void removeAttribute(String name) {
            loud.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return loud.getCreationTime();
        }

        @Override
        public Instant getLastAccessedTime() {
            return loud.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            loud.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return loud.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return loud.isExpired();
        }
    }
}
