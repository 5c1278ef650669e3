/** The client of a WebSentry API: lets a hosted or self-hosted server scan instead of this machine. */
@NullMarked
package dev.websentry.engine.run.server;

import org.jspecify.annotations.NullMarked;
