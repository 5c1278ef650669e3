/**
 * Tells an account's own server that a grade has fallen: signed, under the address policy of scans, tried again with growing
 * pauses that the database keeps.
 */
@NullMarked
package dev.websentry.server.webhook;

import org.jspecify.annotations.NullMarked;
