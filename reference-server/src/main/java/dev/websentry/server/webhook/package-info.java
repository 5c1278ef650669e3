/**
 * Webhooks: notify a server of the account owner when the grade of a monitored site drops. Messages are signed, subject
 * to the same address policy as scans, and retried with increasing delays. Pending messages are stored in the database.
 */
@NullMarked
package dev.websentry.server.webhook;

import org.jspecify.annotations.NullMarked;
