/** What the server's tests stand on: a server on either database, a client, a clock. */
package dev.websentry.server.testing;
