/**
 * The probes, which send requests to the target and record the responses as observations. Probes decide what to request
 * next; they do not evaluate responses.
 */
@NullMarked
package dev.websentry.engine.probe;

import org.jspecify.annotations.NullMarked;
