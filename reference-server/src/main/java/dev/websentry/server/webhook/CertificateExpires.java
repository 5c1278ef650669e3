package dev.websentry.server.webhook;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The data of a webhook message about a certificate of a monitored site that expires soon or has expired. Serialized to
 * JSON.
 *
 * @param expiresAt end of the certificate, in UTC
 * @param daysLeft full days until then; 0 if it has expired
 * @param scanId id of the scan that has seen the certificate
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CertificateExpires(
        GradeDropped.MonitorReference monitor, String expiresAt, long daysLeft, boolean expired, String scanId) {}
