/**
 * Alerts about monitored sites, by e-mail and webhook: a grade that drops and a certificate that expires; and the
 * weekly summary. Messages are queued in the transaction that records their cause.
 */
@NullMarked
package dev.websentry.server.alert;

import org.jspecify.annotations.NullMarked;
