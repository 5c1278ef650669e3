/**
 * The Jenkins plugin: a Pipeline step and a Freestyle step with the same settings, the result on a build, and the
 * chart on a job. The part that does not depend on Jenkins is in {@code dev.websentry.jenkins}.
 */
@NullMarked
package io.jenkins.plugins.websentry;

import org.jspecify.annotations.NullMarked;
