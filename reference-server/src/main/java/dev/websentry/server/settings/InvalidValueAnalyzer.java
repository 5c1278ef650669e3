package dev.websentry.server.settings;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Describes an invalid value of a setting that Spring Boot reads outside of the binding of settings, such as a port.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class InvalidValueAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationPropertyValueException failure) {
        return new FailureAnalysis(
                failure.getName() + " is '" + failure.getValue() + "', which is not a valid value",
                "Correct the setting and start the server again.",
                failure);
    }
}
