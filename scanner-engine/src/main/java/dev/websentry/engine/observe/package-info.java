/** What the probes saw, as values. Everything after this stage is a pure function of an {@link dev.websentry.engine.observe.Observations}; even the time is one of its fields, so a recorded scan can be judged again. */
@NullMarked
package dev.websentry.engine.observe;

import org.jspecify.annotations.NullMarked;
