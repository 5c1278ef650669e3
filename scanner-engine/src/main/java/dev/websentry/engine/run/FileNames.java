package dev.websentry.engine.run;

import dev.websentry.engine.target.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the files of each target are called, without endings: the same whatever the order of the targets. */
final class FileNames {
    static final String OF_ONE = "report";
    /** Leaves room for the hash and the longest ending below the 143 bytes of the strictest file systems. */
    private static final int LONGEST = 100;

    private FileNames() {}

    static Map<Target, String> of(List<Target> targets) {
        if (targets.size() == 1) {
            return Map.of(targets.get(0), OF_ONE);
        }
        Map<String, Long> takers =
                targets.stream().collect(Collectors.groupingBy(FileNames::plain, Collectors.counting()));
        Map<Target, String> names = new LinkedHashMap<>();
        for (Target target : targets) {
            String plain = plain(target);
            boolean unique = takers.getOrDefault(plain, 0L) == 1 && plain.length() <= LONGEST;
            names.put(target, unique ? plain : shortened(plain) + "-" + hash(target.given()));
        }
        return names;
    }

    private static String plain(Target target) {
        String port =
                target.explicitPort().isPresent() ? "-" + target.explicitPort().getAsInt() : "";
        String path = target.pathAndQuery().replaceFirst("^/", "").replaceFirst("/$", "");
        String name = target.host().ascii() + port + (path.isEmpty() ? "" : "-" + path);
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST));
    }

    private static String hash(String url) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
