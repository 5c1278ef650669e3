package dev.websentry.server.audit;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Publishes audit events, which Spring Boot's audit listener hands to {@link JdbcAuditEventRepository}. Each has the
 * address of the current request.
 */
@Component
public class AuditLog {
    /** The actor of events that no account has caused. */
    public static final String ANONYMOUS = "anonymous";

    static final String ADDRESS = "address";
    static final String SUBJECT = "subject";
    private static final String COMMAND_LINE = "command line";

    private final ApplicationEventPublisher events;
    private final Clock clock;

    public AuditLog(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Records what an account did to itself. */
    public void record(AuditAction action, String accountId) {
        record(action.name(), accountId, accountId, Map.of());
    }

    /**
     * Records what an account did.
     *
     * @param actor id of the account that acts
     * @param subject id of the account that is changed
     * @param details further facts, without secrets
     */
    public void record(AuditAction action, String actor, String subject, Map<String, String> details) {
        record(action.name(), actor, subject, details);
    }

    /** Records what an administrator did on the command line. */
    public void recordCommand(AuditAction action, String subject, Map<String, String> details) {
        record(action.name(), COMMAND_LINE, subject, details);
    }

    /** Records an event of a type of Spring Security. */
    public void record(String type, String actor, String subject, Map<String, String> details) {
        Map<String, Object> data = new TreeMap<>(details);
        data.put(SUBJECT, subject);
        data.put(ADDRESS, address());
        events.publishEvent(new AuditApplicationEvent(new AuditEvent(clock.instant(), actor, type, data)));
    }

    private static String address() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request instanceof ServletRequestAttributes servlet
                ? String.valueOf(servlet.getRequest().getRemoteAddr())
                : "";
    }
}
