/** What a person sees and clicks, tried in a real browser. */
package dev.websentry.server.browser;
