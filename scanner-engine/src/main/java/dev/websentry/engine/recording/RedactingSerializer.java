package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.HttpExchangeResult;
import dev.websentry.engine.syntax.Header;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;

/** Writes redacted copies of exchanges. */
final class RedactingSerializer extends StdSerializer<HttpExchange> {
    private static final long serialVersionUID = 1L;

    RedactingSerializer() {
        super(HttpExchange.class);
    }

    @Override
    public void serialize(HttpExchange value, JsonGenerator json, SerializerProvider provider) throws IOException {
        Redaction redaction = (Redaction) provider.getAttribute(Redaction.class);
        HttpExchange redacted = (HttpExchange) redaction.redactValue(value);
        provider.defaultSerializeValue(
                new RedactedExchange(redacted.method(), redacted.url(), redacted.requestHeaders(), redacted.result()),
                json);
    }

    /** A copy of another type, so that it has another serializer. */
    private record RedactedExchange(
            String method, HttpUrl url, List<Header> requestHeaders, HttpExchangeResult result) {}
}
