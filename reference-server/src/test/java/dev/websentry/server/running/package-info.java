/** Tests of operation: metrics, documented settings, graceful shutdown and schema versions. */
package dev.websentry.server.running;
