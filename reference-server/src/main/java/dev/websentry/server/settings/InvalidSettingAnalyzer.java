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

/**
 * Describes an invalid setting that prevents the start in one line. Spring Boot's own analysis has six and names a
 * class.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class InvalidSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {
    private static final String PREFIX = "websentry";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException failure) {
        String message = message(failure);
        return new FailureAnalysis(message, "Correct the setting and start the server again.", failure);
    }

    private static String message(BindException failure) {
        Throwable cause = failure;
        while (true) {
            if (cause instanceof UnboundConfigurationPropertiesException unknown) {
                return unknown.getUnboundProperties().stream()
                        .map(property ->
                                UnknownSettings.describe(property.getName().toString()))
                        .collect(Collectors.joining("; "));
            }
            if (cause instanceof ConversionFailedException conversion
                    && conversion.getTargetType().getType().isEnum()) {
                return named(failure) + "; use one of "
                        + Arrays.stream(conversion.getTargetType().getType().getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
            }
            if (cause.getCause() == null) {
                String why = String.valueOf(cause.getMessage());
                return why.startsWith(PREFIX) ? why : named(failure) + ": " + why;
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
