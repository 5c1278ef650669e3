package dev.websentry.server.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import org.junit.jupiter.api.Test;

class RequestValidationTest extends EndpointTest {
    @Test
    void missingFieldsAreNamedInTheOrderOfTheDocumentation() {
        TestClient client = user(Plan.PRO).client();
        assertInvalid("The field 'email' is missing", anonymous().post("/api/auth/login", "{}"));
        assertInvalid("The field 'email' is missing", anonymous().post("/api/auth/signup", "{\"email\": \"\"}"));
        assertInvalid(
                "The field 'password' is missing",
                anonymous().post("/api/auth/login", "{\"email\": \"a@example.com\", \"password\": null}"));
        assertInvalid("The field 'password' is missing", client.post("/api/auth/password", "{}"));
        assertInvalid(
                "The field 'newPassword' is missing",
                client.post("/api/auth/password", "{\"password\": \"" + PASSWORD + "\"}"));
        assertInvalid("The field 'url' is missing", client.post("/api/monitors", "{\"frequency\": \"daily\"}"));
        assertInvalid(
                "The field 'frequency' is missing",
                client.post("/api/monitors", "{\"url\": \"https://example.com\", \"frequency\": \" \"}"));
    }

    @Test
    void parametersOutOfRangeOrOfAnotherTypeAreNamed() {
        TestClient client = user(Plan.FREE).client();
        assertInvalid("The parameter 'limit' is 0: expected 1 to 100", client.get("/api/scans?limit=0"));
        assertInvalid("The parameter 'limit' is 101: expected 1 to 100", client.get("/api/scans?limit=101"));
        assertInvalid("The parameter 'limit' has an invalid value", client.get("/api/scans?limit=many"));
        client.get("/api/scans?limit=100").assertStatus(200);
    }

    @Test
    void bodiesThatAreNoObjectOrHaveWrongTypesAreDescribed() {
        assertInvalid("The body must be a JSON object", anonymous().post("/api/auth/login", "[]"));
        assertInvalid("The field 'email' has the wrong type", anonymous().post("/api/auth/login", "{\"email\": 1}"));
        assertInvalid("The body is missing", anonymous().post("/api/auth/login"));
    }

    /** A caller without access learns nothing about the body, and a body costs no parsing. */
    @Test
    void accessIsCheckedBeforeTheBody() {
        anonymous().post("/api/monitors", "{").assertError(401, "unauthorized");
        anonymous().post("/api/keys", "[]").assertError(401, "unauthorized");
    }

    /** The error is JSON even if the caller accepts only another type. */
    @Test
    void errorsOfTheApiAreJsonForEveryAcceptHeader() {
        TestClient client = anonymous().withHeader("Accept", "text/html");
        client.post("/api/auth/login", "{}").assertError(400, "invalid_request");
        client.get("/api/nothing").assertError(404, "not_found");
        client.get("/api/auth/login").assertError(405, "method_not_allowed");
    }

    private static void assertInvalid(String message, TestResponse response) {
        response.assertError(400, "invalid_request");
        assertEquals(message, response.json().get("error").asString());
    }
}
