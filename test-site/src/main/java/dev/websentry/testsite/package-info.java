/** Sites, certificates, scripted TLS and DNS servers on loopback: what tests and the demo scan instead of the Internet. */
@NullMarked
package dev.websentry.testsite;

import org.jspecify.annotations.NullMarked;
