package dev.websentry.server.monitor;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The request to change a monitor.
 *
 * @param emailAlerts 1 if e-mails are sent about it, otherwise 0
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record UpdateMonitorRequest(
        @NotNull(message = "The field 'email_alerts' is missing")
        @Min(value = 0, message = INVALID_ALERTS)
        @Max(value = 1, message = INVALID_ALERTS)
        Integer emailAlerts) {
    static final String INVALID_ALERTS = "The field 'email_alerts' must be 0 or 1";
}
