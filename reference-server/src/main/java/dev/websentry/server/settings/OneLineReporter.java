package dev.websentry.server.settings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Logs the reason for a failed start in one line, so that a structured log keeps it in one record. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class OneLineReporter implements FailureAnalysisReporter {
    private static final Logger LOG = LoggerFactory.getLogger(OneLineReporter.class);

    @Override
    public void report(FailureAnalysis analysis) {
        String action = analysis.getAction();
        String text = "The server did not start. " + analysis.getDescription() + (action == null ? "" : ". " + action);
        LOG.error(text.replaceAll("\\s*\\R\\s*", " "));
    }
}
