/** Tests of the dashboard in a real browser. */
package dev.websentry.server.browser;
