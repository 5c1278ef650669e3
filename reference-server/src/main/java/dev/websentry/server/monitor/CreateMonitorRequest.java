package dev.websentry.server.monitor;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The request to create a monitor. Both fields are required. */
record CreateMonitorRequest(String url, String frequency) {
    private static final Pattern FULL_URL = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    CreateMonitorRequest(@Nullable String url, @Nullable String frequency) {
        this.url = required("url", url).strip();
        this.frequency = required("frequency", frequency).strip();
    }

    /**
     * Parses the URL of the site.
     *
     * @throws ApiException 400 if the URL is invalid or has no scheme
     */
    Target parseTarget() {
        try {
            Target target = Target.parse(url);
            if (!FULL_URL.matcher(url).matches()) {
                throw ApiException.of(
                        ErrorCode.INVALID_URL,
                        "'" + url + "' is not a full URL; include the scheme, such as https://" + url);
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
            return Frequency.parse(frequency);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ApiException.invalidRequest("The field '" + field + "' is missing");
        }
        return value;
    }
}
