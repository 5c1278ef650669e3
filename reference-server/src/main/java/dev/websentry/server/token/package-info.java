/** Random texts that name or prove something. */
@NullMarked
package dev.websentry.server.token;

import org.jspecify.annotations.NullMarked;
