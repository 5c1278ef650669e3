/**
 * Test servers on loopback: web sites, certificates, TLS and DNS servers with scripted behavior. Tests and the demo
 * scan them instead of sites on the Internet.
 */
@NullMarked
package dev.websentry.testsite;

import org.jspecify.annotations.NullMarked;
