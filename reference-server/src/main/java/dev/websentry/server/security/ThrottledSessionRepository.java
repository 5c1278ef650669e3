package dev.websentry.server.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * A session repository that updates the last access time at most once an hour. Spring Session updates it on every
 * request, so that every page view would write to the database.
 */
final class ThrottledSessionRepository<S extends Session>
        implements SessionRepository<ThrottledSessionRepository.ThrottledSession<S>> {
    private static final Duration UPDATE_INTERVAL = Duration.ofHours(1);

    private final SessionRepository<S> stored;

    ThrottledSessionRepository(SessionRepository<S> stored) {
        this.stored = stored;
    }

    @Override
    public ThrottledSession<S> createSession() {
        return new ThrottledSession<>(stored.createSession());
    }

    @Override
    public void save(ThrottledSession<S> session) {
        stored.save(session.delegate);
    }

    @Override
    public @Nullable ThrottledSession<S> findById(String id) {
        S found = stored.findById(id);
        return found == null ? null : new ThrottledSession<>(found);
    }

    @Override
    public void deleteById(String id) {
        stored.deleteById(id);
    }

    static final class ThrottledSession<S extends Session> implements Session {
        private final S delegate;

        ThrottledSession(S delegate) {
            this.delegate = delegate;
        }

        @Override
        public void setLastAccessedTime(Instant now) {
            if (delegate.getLastAccessedTime().plus(UPDATE_INTERVAL).isBefore(now)) {
                delegate.setLastAccessedTime(now);
            }
        }

        @Override
        public String getId() {
            return delegate.getId();
        }

        @Override
        public String changeSessionId() {
            return delegate.changeSessionId();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Spring Session's signature.
        public <T> @Nullable T getAttribute(String name) {
            return delegate.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return delegate.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            if (value == null) {
                delegate.removeAttribute(name);
            } else {
                delegate.setAttribute(name, value);
            }
        }

        @Override
        public void removeAttribute(String name) {
            delegate.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return delegate.getCreationTime();
        }

        @Override
        public Instant getLastAccessedTime() {
            return delegate.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            delegate.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return delegate.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return delegate.isExpired();
        }
    }
}
