/** The client of the WebSentry API, for scans on a hosted or self-hosted server. */
@NullMarked
package dev.websentry.engine.remote;

import org.jspecify.annotations.NullMarked;
