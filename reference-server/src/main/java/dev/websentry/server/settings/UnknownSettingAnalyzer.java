package dev.websentry.server.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes an unknown setting in the environment or the system properties that prevents the start. */
public final class UnknownSettingAnalyzer extends AbstractFailureAnalyzer<UnknownSettings.UnknownSettingException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownSettings.UnknownSettingException failure) {
        return new FailureAnalysis(
                String.valueOf(failure.getMessage()),
                "Correct or remove the setting and start the server again.",
                failure);
    }
}
