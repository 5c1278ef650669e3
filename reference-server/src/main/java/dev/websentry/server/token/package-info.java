/** Random identifiers and secrets, and single-use tokens. */
@NullMarked
package dev.websentry.server.token;

import org.jspecify.annotations.NullMarked;
