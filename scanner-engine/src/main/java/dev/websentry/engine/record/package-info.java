/** Observations as a file, both ways: written without secrets, read strictly, so that a scan can be judged again without the network. The shape of the file is the shape of the records themselves: a field that is added to an observation is in the file, or the build fails. */
@NullMarked
package dev.websentry.engine.record;

import org.jspecify.annotations.NullMarked;
