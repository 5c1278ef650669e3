package dev.websentry.engine.probe.dns;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.dns.DnsClient;
import dev.websentry.engine.observation.DnsScope;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends the DNS queries of a scan in rounds, those of each round in parallel, until no rule has an open question. */
public final class DnsQueryRounds {
    /** Nested SPF records may need many rounds; everything else needs at most three. */
    private static final int MAX_ROUNDS = 15;

    private static final int MAX_QUESTIONS = 250;
    /** No round begins after this time. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(20);

    private final DnsClient dns;
    private final TaskScope tasks;
    private final Deadline deadline;

    /**
     * Creates the rounds of a scan.
     *
     * @param dns the DNS client of the scan
     * @param tasks the task scope in which the queries run
     * @param deadline the end of the scan
     */
    public DnsQueryRounds(DnsClient dns, TaskScope tasks, Deadline deadline) {
        this.dns = dns;
        this.tasks = tasks;
        this.deadline = deadline.within(MAX_DURATION);
    }

    /**
     * Sends the queries.
     *
     * @param subject the names to query
     * @return the answer to each question that was sent
     */
    public Map<DnsQuestion, DnsAnswer> run(DnsScope subject) {
        DnsQueryPlanner plan = new DnsQueryPlanner(subject);
        Map<DnsQuestion, DnsAnswer> known = new LinkedHashMap<>();
        for (int round = 0; round < MAX_ROUNDS && !deadline.hasPassed(); round++) {
            List<DnsQuestion> open = plan.openQuestions(known).stream()
                    .limit(MAX_QUESTIONS - known.size())
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            List<DnsAnswer> answers = tasks.mapConcurrently(open, dns::ask);
            for (int i = 0; i < open.size(); i++) {
                known.put(open.get(i), answers.get(i));
            }
        }
        return known;
    }
}
