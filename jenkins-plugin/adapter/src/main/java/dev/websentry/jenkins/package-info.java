/**
 * The part of the Jenkins plugin that does not depend on Jenkins: the settings of a step, the scan on an agent, the
 * message that the controller accepts from an agent, the files that a build stores, and the result that a script gets.
 * It is built and tested without the Maven repository of Jenkins.
 */
@NullMarked
package dev.websentry.jenkins;

import org.jspecify.annotations.NullMarked;
