/** The one database, SQLite or PostgreSQL, and how both are opened so that an acknowledged write survives a crash. */
@NullMarked
package dev.websentry.server.database;

import org.jspecify.annotations.NullMarked;
