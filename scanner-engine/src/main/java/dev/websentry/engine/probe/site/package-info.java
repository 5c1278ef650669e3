/** The HTTP side of a scan, one class for each thing that is asked: the way in, redirects, the other name, foreign origins, leaks. */
@NullMarked
package dev.websentry.engine.probe.site;

import org.jspecify.annotations.NullMarked;
