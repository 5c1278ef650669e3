/**
 * Response bodies shared by all endpoints: one format for success and one for errors, whichever layer they come from.
 */
@NullMarked
package dev.websentry.server.error;

import org.jspecify.annotations.NullMarked;
