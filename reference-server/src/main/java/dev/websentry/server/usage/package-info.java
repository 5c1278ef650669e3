/** How often somebody has done something in a period, counted in the database so that neither concurrent calls nor several nodes pass a limit. */
@NullMarked
package dev.websentry.server.usage;

import org.jspecify.annotations.NullMarked;
