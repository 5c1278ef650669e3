package dev.websentry.server.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Describes a {@link StartupFailureException} in one line. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StartupFailureAnalyzer extends AbstractFailureAnalyzer<StartupFailureException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartupFailureException failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()), failure.action(), failure);
    }
}
