/**
 * Configuration of the database, SQLite or PostgreSQL. Both are opened so that an acknowledged write survives a crash.
 */
@NullMarked
package dev.websentry.server.database;

import org.jspecify.annotations.NullMarked;
