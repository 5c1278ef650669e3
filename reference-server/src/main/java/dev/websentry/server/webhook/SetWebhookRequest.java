package dev.websentry.server.webhook;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request to set the webhook of an account.
 *
 * @param format the format of its messages; json if it is missing
 */
record SetWebhookRequest(String url, String format) {
    SetWebhookRequest(@Nullable String url, @Nullable String format) {
        if (url == null || url.isBlank()) {
            throw ApiException.invalidRequest("The field 'url' is missing");
        }
        this.url = url.strip();
        this.format = format == null || format.isBlank() ? WebhookFormat.JSON.wireName() : format.strip();
    }

    /**
     * Parses the format and checks that the URL is usable with it.
     *
     * @throws ApiException 400 if the format does not exist or the URL is not usable with it
     */
    WebhookFormat parseFormat(URI address) {
        WebhookFormat parsed;
        try {
            parsed = WebhookFormat.parse(format);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
        try {
            parsed.requireUsable(address);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        return parsed;
    }

    /**
     * Parses and validates the URL.
     *
     * @param plainHttp whether http is allowed, as it is if the settings allow scans of an intranet
     * @throws ApiException 400 if the URL is invalid or its scheme is not allowed
     */
    URI parseUrl(boolean plainHttp) {
        try {
            // Rejects the same URLs as scans do: with credentials, an invalid host or too many characters.
            Target.parse(url);
            URI address = new URI(url);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (scheme.equals("https") || (plainHttp && scheme.equals("http"))) {
                return address;
            }
            throw invalid("'" + url + "' cannot be used as a webhook; use an https URL");
        } catch (InvalidTargetException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (URISyntaxException e) {
            throw invalid("'" + url + "' is not a valid URL");
        }
    }

    private static ApiException invalid(String message) {
        return ApiException.of(ErrorCode.INVALID_URL, message);
    }
}
