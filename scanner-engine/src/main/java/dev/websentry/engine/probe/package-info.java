/** Asks the network and writes down the answers as observations. Probes decide what to ask next, never what an answer is worth. */
@NullMarked
package dev.websentry.engine.probe;

import org.jspecify.annotations.NullMarked;
