package dev.websentry.engine.output;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.report.Report;

/**
 * Writes an SVG badge with the grade, for a README or a dashboard. The badge contains no text from the scanned site.
 */
public final class SvgBadge {
    private SvgBadge() {}

    /** Returns the SVG document of a badge. */
    public static String write(Report report) {
        String grade = report.grade().label() + (report.complete() ? "" : " (incomplete)");
        int right = 18 + 7 * grade.length();
        int width = 78 + right;
        int middle = 78 + right / 2;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="WebSentry: %2$s">
                  <title>WebSentry: %2$s</title>
                  <clipPath id="round"><rect width="%1$d" height="20" rx="3"/></clipPath>
                  <g clip-path="url(#round)">
                    <rect width="78" height="20" fill="#3d444d"/>
                    <rect x="78" width="%3$d" height="20" fill="%4$s"/>
                  </g>
                  <g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
                    <text x="39" y="14">WebSentry</text>
                    <text x="%5$d" y="14">%2$s</text>
                  </g>
                </svg>
                """.formatted(
                        width, grade, right, ReportColor.ofGrade(report.grade()).light(), middle);
    }
}
