package dev.websentry.server.alert;

import dev.websentry.server.alert.Subscription.EmailKind;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorRepository;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Ends e-mails for everyone who has the link of one of them, without a login. */
@Service
public class UnsubscribeService {
    private final UnsubscribeLinks links;
    private final EmailPreferenceRepository preferences;
    private final MonitorRepository monitors;

    UnsubscribeService(UnsubscribeLinks links, EmailPreferenceRepository preferences, MonitorRepository monitors) {
        this.links = links;
        this.preferences = preferences;
        this.monitors = monitors;
    }

    /** Returns the e-mails that a link ends, without ending them; empty if the link is not valid. */
    public Optional<Subscription> find(String token) {
        return links.read(token);
    }

    /** Returns the monitor that the e-mail with the link was about; empty for a summary or a deleted monitor. */
    public Optional<Monitor> monitor(Subscription subscription) {
        return subscription.monitorId().flatMap(id -> monitors.find(subscription.accountId(), id));
    }

    /** Ends all e-mails of the kind. Has no effect if the account was deleted. */
    public void unsubscribe(Subscription subscription) {
        if (subscription.kind() == EmailKind.ALERTS) {
            preferences.disableAlerts(subscription.accountId());
        } else {
            preferences.disableSummary(subscription.accountId());
        }
    }

    /**
     * Ends the alerts about one monitor.
     *
     * @return false if it was deleted
     */
    public boolean unsubscribeMonitor(Subscription subscription) {
        return subscription
                .monitorId()
                .filter(id -> monitors.setEmailAlerts(subscription.accountId(), id, false))
                .isPresent();
    }
}
