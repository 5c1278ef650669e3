package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.websentry.engine.syntax.Excerpt;
import java.util.ArrayDeque;
import java.util.Deque;

/** Translates the exceptions of Jackson to one line with line, column and path. */
final class RecordingFault {
    private static final int MAX_PATH_LENGTH = 200;
    private static final String MISSING = "Missing required creator property '";
    private static final String DUPLICATE = "Duplicate field ";

    private final JsonParser json;

    RecordingFault(JsonParser json) {
        this.json = json;
    }

    InvalidRecordingException at(String problem) {
        return at(problem, false);
    }

    InvalidRecordingException atParent(String problem) {
        return at(problem, true);
    }

    InvalidRecordingException of(JsonProcessingException fault) {
        Throwable cause = fault;
        while (cause.getClass() == JsonMappingException.class && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return at("unknown field '" + Excerpt.inSentence(unknown.getPropertyName()) + "'", true);
        }
        if (cause instanceof InvalidTypeIdException unknown) {
            return at(
                    "expected "
                            + RecordingModule.description(unknown.getBaseType().getRawClass()),
                    true);
        }
        if (cause instanceof ValueInstantiationException invalid && invalid.getCause() != null) {
            return at("inconsistent values: " + invalid.getCause().getMessage());
        }
        if (cause instanceof InputCoercionException) {
            return at("the number is out of range: expected a 32-bit integer");
        }
        String message = cause instanceof JsonProcessingException json
                ? String.valueOf(json.getOriginalMessage())
                : String.valueOf(cause.getMessage());
        if (cause instanceof MismatchedInputException mismatch) {
            return message.startsWith(MISSING)
                    ? at("missing field '" + message.substring(MISSING.length(), message.indexOf("'", MISSING.length()))
                            + "'")
                    : at("expected " + RecordingModule.description(mismatch.getTargetType()));
        }
        if (cause instanceof JsonMappingException || !(cause instanceof JsonProcessingException)) {
            return at(message);
        }
        if (message.startsWith(DUPLICATE)) {
            return at("duplicate field " + message.substring(DUPLICATE.length()), true);
        }
        JsonLocation location = fault.getLocation() == null ? json.currentTokenLocation() : fault.getLocation();
        return at("not a recording, invalid JSON: " + message.replaceAll("\\s+", " "), false, location);
    }

    private InvalidRecordingException at(String problem, boolean ofParent) {
        return at(problem, ofParent, json.currentTokenLocation());
    }

    private InvalidRecordingException at(String problem, boolean ofParent, JsonLocation location) {
        Deque<String> segments = new ArrayDeque<>();
        for (JsonStreamContext context = json.getParsingContext(); context != null; context = context.getParent()) {
            if (context.inArray() && context.hasCurrentIndex()) {
                segments.addFirst("[" + context.getCurrentIndex() + "]");
            } else if (context.inObject() && context.hasCurrentName()) {
                segments.addFirst("." + context.getCurrentName());
            }
        }
        if (ofParent && !segments.isEmpty()) {
            segments.removeLast();
        }
        String path = String.join("", segments).replaceFirst("^\\.(recording(\\.|$))?", "");
        String shown = Excerpt.endOf(path, MAX_PATH_LENGTH);
        return new InvalidRecordingException("line " + location.getLineNr() + ", column " + location.getColumnNr()
                + (shown.isEmpty() ? "" : ", " + shown) + ": " + problem);
    }
}
