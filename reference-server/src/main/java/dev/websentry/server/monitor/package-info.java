/**
 * Monitors: sites that are scanned on a schedule, their scheduler and their results. Due monitors are claimed in the
 * database, so that any number of nodes records exactly one report per monitor and trigger.
 */
@NullMarked
package dev.websentry.server.monitor;

import org.jspecify.annotations.NullMarked;
