package dev.websentry.engine.job;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.syntax.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The base names of the report files of each target, without extension. They do not depend on the order of the targets.
 */
final class ReportFileNames {
    /** The base name if there is only one target. */
    static final String SINGLE_REPORT = "report";
    /** Leaves room for the hash and the longest extension within 143 bytes, the limit of the strictest file systems. */
    private static final int MAX_LENGTH = 100;
    /** Windows opens a device for these names, also if an extension follows. */
    private static final Pattern WINDOWS_DEVICE = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");

    private ReportFileNames() {}

    /** Returns the base name of each target; a hash of the URL distinguishes names that would be equal. */
    static Map<Target, String> of(List<Target> targets) {
        if (targets.size() == 1) {
            return Map.of(targets.get(0), SINGLE_REPORT);
        }
        Map<String, Long> countByName =
                targets.stream().collect(Collectors.groupingBy(ReportFileNames::baseName, Collectors.counting()));
        Map<Target, String> names = new LinkedHashMap<>();
        for (Target target : targets) {
            String name = baseName(target);
            boolean unique = countByName.getOrDefault(name, 0L) == 1 && name.length() <= MAX_LENGTH;
            names.put(target, unique ? name : truncate(name) + "-" + hash(target.input()));
        }
        return names;
    }

    private static String baseName(Target target) {
        String port =
                target.explicitPort().isPresent() ? "-" + target.explicitPort().getAsInt() : "";
        String path = target.pathAndQuery().replaceFirst("^/", "").replaceFirst("/$", "");
        String name = target.host().ascii() + port + (path.isEmpty() ? "" : "-" + path);
        String safe = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
        return WINDOWS_DEVICE.matcher(safe).matches() ? "_" + safe : safe;
    }

    private static String truncate(String name) {
        return name.substring(0, Math.min(name.length(), MAX_LENGTH));
    }

    private static String hash(String url) {
        return Sha256.hex(url).substring(0, 8);
    }
}
