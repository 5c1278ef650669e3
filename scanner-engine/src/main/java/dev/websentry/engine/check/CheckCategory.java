package dev.websentry.engine.check;

import java.util.Arrays;
import java.util.Optional;

/** The six check categories, with the key and the maximum score that the API documents. */
public enum CheckCategory {
    SSL("ssl", "SSL / TLS", 30),
    HEADERS("headers", "Security Headers", 25),
    COOKIES("cookies", "Cookie Security", 15),
    REDIRECTS("redirects", "Redirects", 10),
    DNS("dns", "DNS & Email Auth", 10),
    SERVER("server", "Server & Info Leakage", 10);

    private final String key;
    private final String title;
    private final int maxScore;

    CheckCategory(String key, String title, int maxScore) {
        this.key = key;
        this.title = title;
        this.maxScore = maxScore;
    }

    /** Returns the category with this key; empty if there is no such category. */
    public static Optional<CheckCategory> ofKey(String key) {
        return Arrays.stream(values())
                .filter(category -> category.key.equals(key))
                .findFirst();
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public int maxScore() {
        return maxScore;
    }
}
