/**
 * Usage counters and quotas. Counting in the database enforces a limit across concurrent requests and several nodes.
 */
@NullMarked
package dev.websentry.server.quota;

import org.jspecify.annotations.NullMarked;
