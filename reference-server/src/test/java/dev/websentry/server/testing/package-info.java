/** Test support: a server with either database, an HTTP client and a clock. */
package dev.websentry.server.testing;
