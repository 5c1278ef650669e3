package dev.websentry.server.monitor;

import dev.websentry.engine.target.InvalidTargetException;
import dev.websentry.engine.target.Target;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What somebody sends to add a monitor. */
record NewMonitor(String url, String frequency) {
    private static final Pattern FULL = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    NewMonitor(@Nullable String url, @Nullable String frequency) {
        this.url = required("url", url).strip();
        this.frequency = required("frequency", frequency).strip();
    }

    /**
     * The site to watch.
     *
     * @throws ApiException 400 when it is none, or no full URL
     */
    Target target() {
        try {
            Target target = Target.parse(url);
            if (!FULL.matcher(url).matches()) {
                throw ApiException.of(
                        ErrorCode.INVALID_URL,
                        "'" + url + "' is no full URL: a monitor needs the scheme, such as https://" + url);
            }
            return target;
        } catch (InvalidTargetException e) {
            throw ApiException.of(ErrorCode.INVALID_URL, String.valueOf(e.getMessage()));
        }
    }

    /**
     * @throws ApiException 400 when there is no such frequency
     */
    Frequency often() {
        try {
            return Frequency.parse(frequency);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ApiException.invalid("The field '" + field + "' is missing");
        }
        return value;
    }
}
