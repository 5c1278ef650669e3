package dev.websentry.server.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

/** Says in one line which setting stops the start, and why. Spring Boot's own answer takes six and a class name. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class InvalidSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {
    private static final String OURS = "websentry";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException failure) {
        String message = message(failure);
        return new FailureAnalysis(message, "Change the setting and start again.", failure);
    }

    private static String message(BindException failure) {
        Throwable cause = failure;
        while (true) {
            if (cause instanceof UnboundConfigurationPropertiesException unknown) {
                return unknown.getUnboundProperties().stream()
                                .map(property -> property.getName().toString())
                                .collect(Collectors.joining(", "))
                        + ": there is no such setting; docs/server.md lists them all";
            }
            if (cause instanceof ConversionFailedException conversion
                    && conversion.getTargetType().getType().isEnum()) {
                return named(failure) + ": expected one of "
                        + Arrays.stream(conversion.getTargetType().getType().getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
            }
            if (cause.getCause() == null) {
                String why = String.valueOf(cause.getMessage());
                return why.startsWith(OURS) ? why : named(failure) + ": " + why;
            }
            cause = cause.getCause();
        }
    }

    private static String named(BindException failure) {
        var property = failure.getProperty();
        return property == null
                ? failure.getName().toString()
                : property.getName() + " is '" + property.getValue() + "'";
    }
}
