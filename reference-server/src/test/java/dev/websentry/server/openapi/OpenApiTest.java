package dev.websentry.server.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestSites;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends EndpointTest {
    private JsonNode document() {
        return anonymous().get("/openapi.json").assertStatus(200).json();
    }

    @Test
    void documentDescribesExactlyTheExistingEndpoints() {
        Map<String, HandlerMethod> served = served();
        Set<String> described = new TreeSet<>();
        document()
                .get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertEquals(served.keySet(), described);
    }

    private Map<String, HandlerMethod> served() {
        Map<String, HandlerMethod> served = new TreeMap<>();
        server().context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/") || path.endsWith("/badge.svg"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> served.put(verb + " " + path, method))));
        return served;
    }

    @Test
    void documentDescribesTheRequiredAuthentication() {
        Map<String, HandlerMethod> served = served();
        document()
                .get("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(operation -> {
                    String name = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    RequiresAccess allowed = served.get(name).getMethodAnnotation(RequiresAccess.class);
                    JsonNode security = operation.getValue().get("security");
                    boolean open = security.valueStream().anyMatch(JsonNode::isEmpty);
                    boolean key = security.valueStream().anyMatch(scheme -> scheme.has("key"));
                    assertEquals(allowed.value() == RequiresAccess.AccessLevel.ANYONE, open, name);
                    if (!open) {
                        assertEquals(allowed.value() == RequiresAccess.AccessLevel.ACCOUNT, key, name);
                    }
                }));
    }

    @Test
    void everyReferenceResolves() {
        JsonNode document = document();
        Set<String> references = new TreeSet<>();
        collect(document, references);
        assertFalse(references.isEmpty());
        for (String reference : references) {
            assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    private static void collect(JsonNode node, Set<String> references) {
        node.valueStream().forEach(child -> collect(child, references));
        if (node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
    }

    @Test
    void responsesMatchTheirSchemas() {
        TestUser user = user(Plan.PRO);
        TestClient client = user.client();
        String scan = "{\"url\": \"" + TestSites.BAD + "\"}";
        String id = assertDescribed("POST /api/scan", client.post("/api/scan", scan))
                .get("scanId")
                .asString();
        assertDescribed("GET /api/scan/{id}/json", client.get("/api/scan/" + id + "/json"));
        assertDescribed("GET /api/scan/{id}/progress", client.get("/api/scan/" + id + "/progress"));
        assertDescribed("POST /api/scan/{id}/share", client.post("/api/scan/" + id + "/share"));
        assertDescribed("POST /api/scans", client.post("/api/scans", scan));
        assertDescribed("GET /api/scans", client.get("/api/scans?limit=1"));
        assertDescribed("POST /api/keys", client.post("/api/keys", "{\"name\": \"one\"}"));
        assertDescribed("GET /api/keys", client.get("/api/keys"));
        assertDescribed("GET /api/account", client.get("/api/account"));
        assertDescribed(
                "POST /api/monitors",
                client.post("/api/monitors", "{\"url\": \"https://" + TestSites.BAD + "\", \"frequency\": \"daily\"}"));
        assertDescribed("GET /api/monitors", client.get("/api/monitors"));
        assertDescribed("GET /api/webhook", client.get("/api/webhook"));
        assertDescribed("POST /api/auth/logout", client.post("/api/auth/logout"));
        assertDescribed("GET /api/account", client.get("/api/account"));
    }

    private JsonNode assertDescribed(String operation, TestResponse answer) {
        JsonNode document = document();
        String[] parts = operation.split(" ");
        JsonNode response = resolved(
                document,
                document.get("paths")
                        .get(parts[1])
                        .get(parts[0].toLowerCase(Locale.ROOT))
                        .get("responses")
                        .get(Integer.toString(answer.status())));
        assertNotNull(response, operation + " returned the undocumented status " + answer.status());
        assertMatches(document, response.at("/content/application~1json/schema"), answer.json(), operation);
        return answer.json();
    }

    /**
     * Checks types, required fields, enumerations, and that all fields are documented, except those that the engine
     * adds to results.
     */
    private static void assertMatches(JsonNode document, JsonNode schema, JsonNode value, String where) {
        JsonNode form = resolved(document, schema);
        Set<String> types = new TreeSet<>();
        if (form.path("type").isArray()) {
            form.get("type").forEach(type -> types.add(type.asString()));
        } else {
            types.add(form.path("type").asString(""));
        }
        assertTrue(types.contains(type(value)), where + " is " + value + ", documented as " + types);
        if (form.has("enum")) {
            assertTrue(form.get("enum").valueStream().anyMatch(value::equals), where + " is " + value);
        }
        if (value.isObject()) {
            form.path("required").forEach(name -> assertTrue(value.has(name.asString()), where + " has no " + name));
        }
        value.propertyStream().forEach(field -> {
            JsonNode described = form.path("properties").path(field.getKey());
            assertTrue(!described.isMissingNode() || where.contains("/results"), where + "/" + field.getKey());
            if (!described.isMissingNode()) {
                assertMatches(document, described, field.getValue(), where + "/" + field.getKey());
            }
        });
        if (value.isArray()) {
            value.forEach(element -> assertMatches(document, form.get("items"), element, where + "[]"));
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "string";
        };
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node != null && node.has("$ref")
                ? document.at(node.get("$ref").asString().substring(1))
                : node;
    }

    @Test
    void pageShowsEveryEndpointWithoutScriptsOrExternalFiles() {
        TestResponse page = anonymous().get("/docs").assertStatus(200);
        assertTrue(page.header("Content-Type").startsWith("text/html"));
        document()
                .get("paths")
                .propertyNames()
                .forEach(path -> assertTrue(page.body().contains(path), path));
        // The text may contain an https URL as an example, but the page must not load anything from one.
        String text = page.body().replaceAll("<script type=\"module\" src=\"/assets/[\\w.-]+\">", "");
        for (String never : new String[] {"<script", "style=", "<style", "=\"http", "='http", "url(", "onclick"}) {
            assertFalse(text.contains(never), never);
        }
    }
}
