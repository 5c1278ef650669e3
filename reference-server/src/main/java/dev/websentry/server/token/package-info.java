/** Random identifiers and secrets. */
@NullMarked
package dev.websentry.server.token;

import org.jspecify.annotations.NullMarked;
