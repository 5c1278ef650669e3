package dev.websentry.jenkins;

/**
 * The result of one category of one site.
 *
 * @param maxScore the points that could be earned; 0 if the category does not apply
 */
public record CategoryRecord(String key, String name, int score, int maxScore, String grade) {}
