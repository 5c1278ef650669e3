/**
 * The Jenkins front end as far as it needs no Jenkins: what a step was told, the scan on an agent, the record that a build
 * keeps of it, and what is shown of the record. Everything here can be built and tested without Jenkins' own repository.
 */
@NullMarked
package dev.websentry.jenkins;

import org.jspecify.annotations.NullMarked;
