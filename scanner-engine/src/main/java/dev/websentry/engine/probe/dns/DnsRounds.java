package dev.websentry.engine.probe.dns;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.net.dns.DnsClient;
import dev.websentry.engine.observe.DnsSubject;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks round by round, each side by side, until no rule has an open question. */
public final class DnsRounds {
    /** SPF records nest; nothing else needs more than three. */
    private static final int MOST_ROUNDS = 15;

    private static final int MOST_QUESTIONS = 250;
    /** No round begins after this. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final DnsClient dns;
    private final Tasks tasks;
    private final Deadline deadline;

    public DnsRounds(DnsClient dns, Tasks tasks, Deadline deadline) {
        this.dns = dns;
        this.tasks = tasks;
        this.deadline = deadline.within(LONGEST);
    }

    public Map<DnsQuestion, DnsAnswer> ask(DnsSubject subject) {
        DnsPlan plan = new DnsPlan(subject);
        Map<DnsQuestion, DnsAnswer> known = new LinkedHashMap<>();
        for (int round = 0; round < MOST_ROUNDS && !deadline.hasPassed(); round++) {
            List<DnsQuestion> open = plan.open(known).stream()
                    .limit(MOST_QUESTIONS - known.size())
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            List<DnsAnswer> answers = tasks.map(open, dns::ask);
            for (int i = 0; i < open.size(); i++) {
                known.put(open.get(i), answers.get(i));
            }
        }
        return known;
    }
}
