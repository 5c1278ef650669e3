/**
 * Persistent background work on db-scheduler. A task is stored in the transaction that schedules it, one node executes
 * it, and another node takes it over if that node dies. See ADRs 35 and 79.
 */
@NullMarked
package dev.websentry.server.scheduling;

import org.jspecify.annotations.NullMarked;
