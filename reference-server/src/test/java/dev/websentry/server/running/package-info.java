/** What an operator relies on: metrics, logs without secrets, settings as documented, backup and upgrade. */
package dev.websentry.server.running;
