/**
 * E-mails: composed from templates, stored as tasks in the transaction of the caller, and sent with retries. Without
 * the settings of a mail server nothing is sent. See ADR 80.
 */
@NullMarked
package dev.websentry.server.email;

import org.jspecify.annotations.NullMarked;
