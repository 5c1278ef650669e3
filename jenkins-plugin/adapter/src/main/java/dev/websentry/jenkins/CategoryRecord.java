package dev.websentry.jenkins;

import java.io.Serializable;

/**
 * One category of one site.
 *
 * @param maxScore 0 when nothing could be earned
 */
public record CategoryRecord(String key, String name, int score, int maxScore, String grade) implements Serializable {
    private static final long serialVersionUID = 1L;
}
