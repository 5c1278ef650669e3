package dev.websentry.engine.check.dns;

import java.util.ArrayList;
import java.util.List;

/** Bounds on what strangers' records may put into a report. */
final class Evidence {
    static final int LONGEST = 300;
    private static final int MOST = 12;

    private Evidence() {}

    static List<String> of(List<String> lines) {
        List<String> bounded = new ArrayList<>(
                lines.stream().limit(MOST).map(line -> shortened(line, LONGEST)).toList());
        if (lines.size() > MOST) {
            bounded.set(MOST - 1, "and " + (lines.size() - MOST + 1) + " more");
        }
        return bounded;
    }

    static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }
}
