package dev.websentry.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response of the server, with assertions. */
public record TestResponse(HttpResponse<String> response) {
    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    /** Returns the value of a header; null if it is missing. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** Returns the Set-Cookie header of a cookie. */
    public String setCookie(String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + ": " + response.headers()));
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(body());
    }

    /** Asserts the status. */
    public TestResponse assertStatus(int status) {
        assertEquals(status, status(), () -> response.request().method() + " " + response.uri() + ": " + body());
        return this;
    }

    /** Asserts that the response is an error with exactly the documented fields. */
    public TestResponse assertError(int status, String code) {
        assertStatus(status);
        assertEquals("application/json", header("Content-Type"), body());
        JsonNode json = json();
        assertEquals(Set.of("ok", "error", "code"), new TreeSet<>(json.propertyNames()), body());
        assertFalse(json.get("ok").asBoolean(), body());
        assertFalse(json.get("error").asString().isBlank(), body());
        assertEquals(code, json.get("code").asString(), body());
        return this;
    }
}
