/**
 * The Jenkins front end: a Pipeline step and a Freestyle step that hold the same settings and make the same run, the
 * action that a build keeps, and the trend on the job. What needs no Jenkins is in {@code dev.websentry.jenkins}.
 */
@NullMarked
package io.jenkins.plugins.websentry;

import org.jspecify.annotations.NullMarked;
