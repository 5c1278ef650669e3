/** JMH benchmarks of the parts of the engine that do no I/O, with observations from a scan of the demo site. */
@NullMarked
package dev.websentry.benchmarks;

import org.jspecify.annotations.NullMarked;
