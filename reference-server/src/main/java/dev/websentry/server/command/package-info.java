/** Administration commands, run from a shell on the server's machine. */
@NullMarked
package dev.websentry.server.command;

import org.jspecify.annotations.NullMarked;
