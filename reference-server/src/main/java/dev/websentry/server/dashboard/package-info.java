/** The web dashboard: server-rendered pages, and forms that call the same services as the API. */
@NullMarked
package dev.websentry.server.dashboard;

import org.jspecify.annotations.NullMarked;
