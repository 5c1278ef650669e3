/**
 * Configuration properties of the server, read once at startup. An invalid one stops the start with one line. Of
 * the server's other packages, this one depends only on the plans.
 */
@NullMarked
package dev.websentry.server.settings;

import org.jspecify.annotations.NullMarked;
