/** The client of the WebSentry API, for scans on a hosted or self-hosted server. */
@NullMarked
package dev.websentry.engine.run.server;

import org.jspecify.annotations.NullMarked;
