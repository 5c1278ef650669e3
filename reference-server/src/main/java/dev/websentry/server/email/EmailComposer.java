package dev.websentry.server.email;

import dev.websentry.server.settings.WebSentryProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Composes e-mails from templates in {@code templates/email}: {@code NAME.txt} for the text and {@code NAME.html} for
 * the HTML, which uses {@code layout.html}. Templates can use the variables of the caller and {@code server}, the
 * public URL of this server without a slash at the end.
 */
@Component
public class EmailComposer {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern TRAILING_SLASHES = Pattern.compile("/+$");

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final WebSentryProperties settings;

    EmailComposer(WebSentryProperties settings) {
        this.settings = settings;
        engine.addTemplateResolver(resolver(TemplateMode.TEXT, ".txt"));
        engine.addTemplateResolver(resolver(TemplateMode.HTML, ".html"));
    }

    private static ClassLoaderTemplateResolver resolver(TemplateMode mode, String suffix) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(EmailComposer.class.getClassLoader());
        resolver.setTemplateMode(mode);
        resolver.setPrefix("templates/email/");
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        // Template names contain the suffix, which selects the resolver.
        resolver.setResolvablePatterns(Set.of("*" + suffix));
        return resolver;
    }

    /**
     * Composes an e-mail.
     *
     * @param template the name of the template without suffix
     * @param variables values for the template; text from outside of this server must be escaped with
     *     {@code ForeignText} if it can contain control characters
     */
    public EmailMessage compose(String recipient, String subject, String template, Map<String, Object> variables) {
        Context context = new Context(Locale.ENGLISH, variables);
        context.setVariable("server", server());
        context.setVariable("subject", subject);
        return new EmailMessage(
                recipient,
                subject,
                engine.process(template + ".txt", context),
                engine.process(template + ".html", context));
    }

    /**
     * Returns the absolute URL of a page of this server, for links in e-mails. It never depends on a request, whose
     * Host header the sender of the request can choose.
     *
     * @param path begins with a slash
     * @throws IllegalStateException if {@code websentry.public-url} is not set, which e-mail requires
     */
    public String link(String path) {
        return server() + path;
    }

    /** Formats a time for an e-mail, such as {@code 2026-02-14 12:00 UTC}. */
    public static String format(Instant time) {
        return TIME.format(time);
    }

    private String server() {
        URI url = settings.publicUrl();
        if (url == null) {
            throw new IllegalStateException("websentry.public-url is not set");
        }
        return TRAILING_SLASHES.matcher(url.toString()).replaceFirst("");
    }
}
