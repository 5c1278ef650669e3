package dev.websentry.server.openapi;

import dev.websentry.server.settings.WebSentryProperties;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document, merged from one file per part of the API in {@code openapi/}. A test compares it with the
 * existing endpoints.
 */
@Component
public class OpenApiDocument {
    private static final String FILES = "classpath:openapi/*.json";

    private final ObjectNode document;

    OpenApiDocument(WebSentryProperties settings) throws IOException {
        this.document = merged();
        String server =
                settings.publicUrl() == null ? "/" : settings.publicUrl().toString();
        document.putArray("servers").addObject().put("url", server);
    }

    private static ObjectNode merged() throws IOException {
        ObjectNode merged = JsonMapper.shared().createObjectNode();
        List<Resource> files = Arrays.stream(new PathMatchingResourcePatternResolver().getResources(FILES))
                .sorted(Comparator.comparing(file -> String.valueOf(file.getFilename())))
                .toList();
        for (Resource file : files) {
            try (InputStream in = file.getInputStream()) {
                merge(merged, JsonMapper.shared().readTree(in), String.valueOf(file.getFilename()));
            }
        }
        return merged;
    }

    /** Merges objects recursively. Fails if two files contain different values of the same field. */
    private static void merge(ObjectNode merged, JsonNode part, String file) {
        part.propertyStream().forEach(field -> {
            JsonNode present = merged.get(field.getKey());
            if (present == null) {
                merged.set(field.getKey(), field.getValue().deepCopy());
            } else if (present instanceof ObjectNode object && field.getValue().isObject()) {
                merge(object, field.getValue(), file);
            } else if (!present.equals(field.getValue())) {
                throw new IllegalStateException(file + " contains a different value of '" + field.getKey() + "'");
            }
        });
    }

    /** Returns the complete document. Callers must not modify it. */
    public JsonNode json() {
        return document;
    }
}
