/**
 * Configuration properties of the server, read once at startup. An invalid one stops the start with one line. This
 * package does not depend on other packages of the server.
 */
@NullMarked
package dev.websentry.server.settings;

import org.jspecify.annotations.NullMarked;
