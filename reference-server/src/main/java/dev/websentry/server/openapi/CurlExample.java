package dev.websentry.server.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the curl command of an operation. A test executes all of them. */
final class CurlExample {
    /** Stands for the URL of the server, which only a request knows. */
    static final String SERVER = "{server}";

    private static final Pattern PARAMETER = Pattern.compile("(\\w+?)s?/\\{(\\w+)}");
    private static final String SESSION_START = "-c cookies";
    private static final String SESSION = "-b cookies";
    private static final String KEY = "-H \"Authorization: ss_your_api_key\"";
    private static final String JSON = "-H \"Content-Type: application/json\"";

    private CurlExample() {}

    /**
     * Returns the command.
     *
     * @param example the example of the request body; missing if the operation has none
     */
    static String of(String method, String path, JsonNode security, JsonNode example) {
        List<String> parts = new ArrayList<>();
        String verb = method.equals("GET") ? "" : "-X " + method + " ";
        parts.add("curl " + verb + SERVER + placeholders(path));
        String access = access(method, path, security);
        if (!access.isEmpty()) {
            parts.add(access);
        }
        if (!example.isMissingNode()) {
            parts.add(JSON);
            // A single quote ends the text of a shell, so that one within it needs another notation.
            parts.add("-d '" + JsonMapper.shared().writeValueAsString(example).replace("'", "'\\''") + "'");
        }
        return String.join(" \\\n  ", parts);
    }

    private static String access(String method, String path, JsonNode security) {
        boolean onlyAnonymous = security.valueStream().allMatch(JsonNode::isEmpty);
        if (onlyAnonymous) {
            return method.equals("POST") ? SESSION_START : "";
        }
        boolean key = security.valueStream().anyMatch(scheme -> scheme.has("key"));
        boolean shared = path.contains("/r/");
        if (shared) {
            return "";
        }
        return key && !path.startsWith("/api/auth/") ? KEY : SESSION;
    }

    /** Replaces parameters: {@code /api/scan/{id}} becomes {@code /api/scan/SCAN_ID}. */
    private static String placeholders(String path) {
        return PARAMETER.matcher(path).replaceAll(match -> {
            String parameter = match.group(2);
            String name = parameter.equals("id") ? match.group(1) + "_id" : parameter;
            String segment = match.group().substring(0, match.group().indexOf('/'));
            return Matcher.quoteReplacement(segment + "/" + name.toUpperCase(Locale.ROOT));
        });
    }
}
