package dev.websentry.engine.output.html;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.syntax.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheets of reports. They load nothing. */
public final class ReportStyleSheet {
    private static final String BODY = ":root { " + ReportColor.palette() + " }\n" + read("report.css");
    private static final String PAGE = BODY + read("page.css");
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + Sha256.base64(PAGE) + "'; base-uri 'none'; form-action 'none'";

    private ReportStyleSheet() {}

    /** Returns the style sheet of {@link HtmlReport#body}. All its class names begin with {@code ws-}. */
    public static String css() {
        return BODY;
    }

    /** Returns the style sheet of a self-contained page. */
    static String pageCss() {
        return PAGE;
    }

    /** Returns the Content-Security-Policy of a self-contained page, which allows its style sheet only. */
    static String contentSecurityPolicy() {
        return POLICY;
    }

    private static String read(String name) {
        try (InputStream in = ReportStyleSheet.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
