package dev.websentry.server.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestServer;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonNaming;

/** Compares the OpenAPI document with the parameters and records of the controllers, so that it cannot drift. */
class OpenApiStructureTest {
    private static final TestServer SERVER = TestServer.shared(DatabaseVendor.SQLITE);

    private final JsonNode document = SERVER.get(OpenApiDocument.class).json();
    private final List<String> differences = new ArrayList<>();

    @Test
    void parametersAreThoseOfTheControllers() {
        operations().forEach((name, endpoint) -> {
            Map<String, String> documented = new TreeMap<>();
            operation(name).path("parameters").forEach(reference -> {
                JsonNode parameter = resolved(reference);
                if (!parameter.get("in").asString().equals("header")) {
                    documented.put(
                            parameter.get("in").asString() + " "
                                    + parameter.get("name").asString(),
                            describe(
                                    parameter.path("required").asBoolean(false),
                                    parameter.at("/schema/minimum").asString(""),
                                    parameter.at("/schema/maximum").asString("")));
                }
            });
            assertEquals(parameters(endpoint), documented, name);
        });
    }

    @Test
    void requestBodiesAreTheRecordsOfTheControllers() {
        operations().forEach((name, endpoint) -> {
            JsonNode schema = resolved(operation(name).at("/requestBody/content/application~1json/schema"));
            Optional<Class<?>> body = Arrays.stream(endpoint.getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                    .<Class<?>>map(MethodParameter::getParameterType)
                    .findFirst();
            assertEquals(body.isPresent(), !schema.isMissingNode(), name);
            body.ifPresent(type -> {
                assertEquals(names(Arrays.stream(type.getRecordComponents())), properties(schema), name);
                Set<String> validated = names(
                        Arrays.stream(type.getRecordComponents()).filter(OpenApiStructureTest::isValidatedAsRequired));
                assertTrue(required(schema).containsAll(validated), name + " requires " + validated);
            });
        });
    }

    @Test
    void responsesAreTheRecordsOfTheControllers() {
        long compared = operations().entrySet().stream()
                .filter(entry ->
                        entry.getValue().getReturnType().getParameterType().isRecord())
                .peek(entry -> describeDifferences(
                        success(operation(entry.getKey())),
                        entry.getValue().getReturnType().getParameterType(),
                        entry.getKey()))
                .count();
        assertTrue(compared > 15, compared + " responses");
        assertEquals(List.of(), differences);
    }

    private void describeDifferences(JsonNode reference, Class<?> type, String where) {
        JsonNode schema = resolved(reference);
        compare(names(Arrays.stream(type.getRecordComponents())), properties(schema), where);
        boolean omitsNull = type.isAnnotationPresent(JsonInclude.class);
        compare(
                names(Arrays.stream(type.getRecordComponents())
                        .filter(component -> !omitsNull || !isNullable(component))),
                required(schema),
                where + " required");
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode property = resolved(schema.at("/properties/" + name(component)));
            String at = where + "/" + name(component);
            Type generic = component.getGenericType();
            if (component.getType().isRecord()) {
                describeDifferences(
                        property.has("anyOf") ? property.get("anyOf").get(0) : property, component.getType(), at);
            } else if (generic instanceof ParameterizedType list
                    && component.getType() == List.class
                    && list.getActualTypeArguments()[0] instanceof Class<?> element
                    && element.isRecord()) {
                describeDifferences(property.get("items"), element, at + "[]");
            } else {
                Set<String> types = types(property);
                compare(isNullable(component) && !omitsNull, types.remove("null"), at + " nullable");
                compare(Set.of(jsonType(component.getType())), types, at);
            }
        }
    }

    private void compare(Object expected, Object actual, String where) {
        if (!expected.equals(actual)) {
            differences.add(where + " is " + expected + ", documented as " + actual);
        }
    }

    private static Map<String, HandlerMethod> operations() {
        Map<String, HandlerMethod> operations = new TreeMap<>();
        SERVER.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/") || path.endsWith("/badge.svg"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> operations.put(verb + " " + path, method))));
        return operations;
    }

    private JsonNode operation(String name) {
        String[] parts = name.split(" ");
        return document.get("paths").get(parts[1]).get(parts[0].toLowerCase(Locale.ROOT));
    }

    private JsonNode success(JsonNode operation) {
        return operation
                .get("responses")
                .propertyStream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> resolved(response.getValue()).at("/content/application~1json/schema"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> parameters(HandlerMethod endpoint) {
        Map<String, String> parameters = new TreeMap<>();
        for (var parameter : endpoint.getMethod().getParameters()) {
            PathVariable path = parameter.getAnnotation(PathVariable.class);
            RequestParam query = parameter.getAnnotation(RequestParam.class);
            if (path != null) {
                parameters.put("path " + parameter.getName(), describe(true, "", ""));
            } else if (query != null) {
                boolean required = query.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                        && query.required()
                        && parameter.getType() != Optional.class;
                Min min = parameter.getAnnotation(Min.class);
                Max max = parameter.getAnnotation(Max.class);
                parameters.put(
                        "query " + parameter.getName(),
                        describe(required, min == null ? "" : "" + min.value(), max == null ? "" : "" + max.value()));
            }
        }
        return parameters;
    }

    private static String describe(boolean required, String minimum, String maximum) {
        return (required ? "required" : "optional") + " " + minimum + ".." + maximum;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static Set<String> properties(JsonNode schema) {
        return new TreeSet<>(schema.path("properties").propertyNames());
    }

    private static Set<String> required(JsonNode schema) {
        return schema.path("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> types(JsonNode schema) {
        return (schema.path("type").isArray()
                        ? schema.get("type").valueStream().map(JsonNode::asString)
                        : Stream.of(schema.path("type").asString("")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Stream<RecordComponent> components) {
        return components.map(OpenApiStructureTest::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(RecordComponent component) {
        JsonNaming naming = component.getDeclaringRecord().getAnnotation(JsonNaming.class);
        return naming == null
                ? component.getName()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean isValidatedAsRequired(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(NotBlank.class)
                || component.getAccessor().isAnnotationPresent(NotEmpty.class);
    }

    private static String jsonType(Class<?> type) {
        if (type == boolean.class) {
            return "boolean";
        }
        return type == int.class || type == Integer.class || type == Long.class || type == long.class
                ? "integer"
                : "string";
    }
}
