/** The download of all data of an account. */
@NullMarked
package dev.websentry.server.export;

import org.jspecify.annotations.NullMarked;
