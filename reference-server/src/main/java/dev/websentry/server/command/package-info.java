/** The administrator's commands, for a shell on the server's machine. */
@NullMarked
package dev.websentry.server.command;

import org.jspecify.annotations.NullMarked;
