package dev.websentry.server.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * A session repository that updates the last access time at most once an hour, and that stores digests of session ids.
 * Spring Session updates the time on every request, so that every page view would write to the database, and stores the
 * ids themselves.
 */
final class ThrottledSessionRepository<S extends Session>
        implements SessionRepository<ThrottledSessionRepository.ThrottledSession<S>> {
    private static final Duration UPDATE_INTERVAL = Duration.ofHours(1);

    private final SessionRepository<S> stored;
    private final HashedSessionIdGenerator ids;

    ThrottledSessionRepository(SessionRepository<S> stored, HashedSessionIdGenerator ids) {
        this.stored = stored;
        this.ids = ids;
    }

    @Override
    public ThrottledSession<S> createSession() {
        S created = stored.createSession();
        return new ThrottledSession<>(created, ids.takeId(created.getId()), ids);
    }

    @Override
    public void save(ThrottledSession<S> session) {
        stored.save(session.delegate);
    }

    @Override
    public @Nullable ThrottledSession<S> findById(String id) {
        S found = stored.findById(HashedSessionIdGenerator.hash(id));
        return found == null ? null : new ThrottledSession<>(found, id, ids);
    }

    @Override
    public void deleteById(String id) {
        stored.deleteById(HashedSessionIdGenerator.hash(id));
    }

    static final class ThrottledSession<S extends Session> implements Session {
        private final S delegate;
        private final HashedSessionIdGenerator ids;
        private String id;

        ThrottledSession(S delegate, String id, HashedSessionIdGenerator ids) {
            this.delegate = delegate;
            this.id = id;
            this.ids = ids;
        }

        @Override
        public void setLastAccessedTime(Instant now) {
            if (delegate.getLastAccessedTime().plus(UPDATE_INTERVAL).isBefore(now)) {
                delegate.setLastAccessedTime(now);
            }
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public String changeSessionId() {
            id = ids.takeId(delegate.changeSessionId());
            return id;
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
