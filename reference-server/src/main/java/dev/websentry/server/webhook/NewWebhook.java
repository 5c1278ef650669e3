package dev.websentry.server.webhook;

import dev.websentry.engine.target.InvalidTargetException;
import dev.websentry.engine.target.Target;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody sends to set their webhook. */
record NewWebhook(String url) {
    NewWebhook(@Nullable String url) {
        if (url == null || url.isBlank()) {
            throw ApiException.invalid("The field 'url' is missing");
        }
        this.url = url.strip();
    }

    /**
     * Where messages go.
     *
     * @param plainHttp whether http will do, as it does where an intranet is opened
     * @throws ApiException 400 when nothing can be sent there
     */
    URI address(boolean plainHttp) {
        try {
            // Refuses what scans refuse: credentials in the URL, hosts that are none, over-long ones.
            Target.parse(url);
            URI address = new URI(url);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (scheme.equals("https") || (plainHttp && scheme.equals("http"))) {
                return address;
            }
            throw invalid("'" + url + "' cannot be a webhook: expected an https URL");
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
