package dev.websentry.server.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An API operation as the documentation page shows it.
 *
 * @param group the tag
 * @param curl the curl command with {@link CurlExample#SERVER} in place of the server's URL
 * @param who the callers that may use it
 * @param inputs parameters and fields of the request body
 * @param request example of the request body; empty if there is none
 * @param answer example of the response body; empty if there is none
 * @param statuses the possible response statuses
 */
public record ApiOperation(
        String group,
        String method,
        String path,
        String summary,
        String description,
        String who,
        String curl,
        List<ApiOperationInput> inputs,
        String request,
        String answer,
        List<ApiOperationStatus> statuses) {

    public ApiOperation {
        inputs = List.copyOf(inputs);
        statuses = List.copyOf(statuses);
    }

    /**
     * A parameter or a field of the request body.
     *
     * @param where path, query, header or body
     */
    public record ApiOperationInput(String name, String where, String type, boolean required, String description) {}

    /** A possible response status. */
    public record ApiOperationStatus(String code, String description) {}

    /** Returns the curl command for a server. */
    public String curl(String server) {
        return curl.replace(CurlExample.SERVER, server);
    }

    /** Reads all operations of an OpenAPI document, in its order. */
    static List<ApiOperation> of(JsonNode document) {
        List<ApiOperation> operations = new ArrayList<>();
        document.get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(method ->
                                operations.add(of(document, path.getKey(), method.getKey(), method.getValue()))));
        return operations;
    }

    private static ApiOperation of(JsonNode document, String path, String method, JsonNode json) {
        JsonNode body = json.at("/requestBody/content/application~1json");
        List<ApiOperationInput> inputs = new ArrayList<>();
        json.path("parameters").forEach(parameter -> inputs.add(input(parameter)));
        JsonNode schema = resolved(document, body.path("schema"));
        schema.path("properties")
                .propertyStream()
                .forEach(field -> inputs.add(new ApiOperationInput(
                        field.getKey(),
                        "body",
                        field.getValue().path("type").asString(""),
                        schema.path("required")
                                .valueStream()
                                .anyMatch(name -> name.asString().equals(field.getKey())),
                        field.getValue().path("description").asString(""))));
        List<ApiOperationStatus> statuses = new ArrayList<>();
        json.get("responses")
                .propertyStream()
                .forEach(response -> statuses.add(new ApiOperationStatus(
                        response.getKey(),
                        resolved(document, response.getValue())
                                .path("description")
                                .asString(""))));
        return new ApiOperation(
                json.at("/tags/0").asString("Other"),
                method.toUpperCase(Locale.ROOT),
                path,
                json.path("summary").asString(""),
                json.path("description").asString(""),
                who(json.path("security")),
                CurlExample.of(method.toUpperCase(Locale.ROOT), path, json.path("security"), body.path("example")),
                inputs,
                example(body),
                example(json.path("responses")
                        .valueStream()
                        .findFirst()
                        .orElseThrow()
                        .at("/content/application~1json")),
                statuses);
    }

    private static ApiOperationInput input(JsonNode parameter) {
        return new ApiOperationInput(
                parameter.path("name").asString(""),
                parameter.path("in").asString(""),
                parameter.at("/schema/type").asString(""),
                parameter.path("required").asBoolean(false),
                parameter.path("description").asString(""));
    }

    private static String who(JsonNode security) {
        boolean open = security.valueStream().anyMatch(JsonNode::isEmpty);
        boolean key = security.valueStream().anyMatch(scheme -> scheme.has("key"));
        if (open) {
            return key ? "everyone, with or without an API key or a session" : "everyone";
        }
        return key ? "callers with an API key or a session" : "callers with a session";
    }

    private static String example(JsonNode content) {
        return content.has("example")
                ? JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(content.get("example"))
                : "";
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
