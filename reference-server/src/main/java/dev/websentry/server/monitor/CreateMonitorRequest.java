package dev.websentry.server.monitor;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The request to create a monitor.
 *
 * @param emailAlerts 1 if e-mails are sent about it, otherwise 0; 1 if it is missing
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record CreateMonitorRequest(
        @NotBlank(message = "The field 'url' is missing") String url,

        @NotBlank(message = "The field 'frequency' is missing")
        String frequency,

        @Min(value = 0, message = UpdateMonitorRequest.INVALID_ALERTS)
        @Max(value = 1, message = UpdateMonitorRequest.INVALID_ALERTS)
        @Nullable
        Integer emailAlerts) {
    private static final Pattern FULL_URL = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    boolean wantsEmailAlerts() {
        return emailAlerts == null || emailAlerts == 1;
    }

    /**
     * Parses the URL of the site.
     *
     * @throws ApiException 400 if the URL is invalid or has no scheme
     */
    Target parseTarget() {
        try {
            Target target = Target.parse(url);
            if (!FULL_URL.matcher(target.input()).matches()) {
                throw ApiException.of(
                        ErrorCode.INVALID_URL,
                        "'" + target.input() + "' is not a full URL; include the scheme, such as https://"
                                + target.input());
            }
            return target;
        } catch (InvalidTargetException e) {
            throw ApiException.of(ErrorCode.INVALID_URL, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Parses the frequency.
     *
     * @throws ApiException 400 if the frequency does not exist
     */
    Frequency parseFrequency() {
        try {
            return Frequency.parse(frequency.strip());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
    }
}
