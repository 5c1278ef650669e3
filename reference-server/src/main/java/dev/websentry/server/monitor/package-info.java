/**
 * Sites that are scanned on a schedule: which, when, and what came of it. What is due is claimed in the database, so that any
 * number of nodes records one report for each monitor and trigger.
 */
@NullMarked
package dev.websentry.server.monitor;

import org.jspecify.annotations.NullMarked;
