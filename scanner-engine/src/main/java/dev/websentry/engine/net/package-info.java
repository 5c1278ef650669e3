/** The wire: the one class that dials targets, name resolution, bounded HTTP. Nothing here judges. */
@NullMarked
package dev.websentry.engine.net;

import org.jspecify.annotations.NullMarked;
