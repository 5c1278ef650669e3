package dev.websentry.server.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Converts exceptions from controllers and their argument resolution to error responses: to JSON for the API, and to
 * the error page otherwise.
 */
@RestControllerAdvice
final class ApiExceptionHandler extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiExceptionHandler.class);

    /** Handles all exceptions that are not Spring's own: errors for the caller, outages of the database, and bugs. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleOther(Exception failure, ServletWebRequest request) throws IOException {
        return respond(ExceptionMapper.toApiException(failure), failure, request);
    }

    /** Handles the exceptions of Spring that no other method handles. Their status determines the message. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respondTo(ExceptionMapper.toApiException(failure), failure, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ApiException cause = ExceptionMapper.knownCause(failure);
        return respondTo(cause == null ? ApiException.invalidRequest(unreadable(failure)) : cause, failure, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<String> order = Arrays.stream(Objects.requireNonNullElse(
                        failure.getParameter().getParameterType().getRecordComponents(), new RecordComponent[0]))
                .map(RecordComponent::getName)
                .toList();
        Stream<FieldError> fields = failure.getFieldErrors().stream()
                .sorted(Comparator.comparingInt(error -> order.indexOf(error.getField())));
        return respondTo(invalid(fields), failure, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Stream<MessageSourceResolvable> parameters = failure.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream());
        return respondTo(invalid(parameters), failure, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String[] supported = failure.getSupportedMethods();
        String allow =
                supported == null ? "" : Arrays.stream(supported).sorted().collect(Collectors.joining(", "));
        String message = "Method " + failure.getMethod() + " is not allowed; use " + allow;
        return respondTo(ApiException.methodNotAllowed(message, allow), failure, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String message = "The parameter '" + failure.getParameterName() + "' is missing";
        return respondTo(ApiException.invalidRequest(message), failure, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String message = "The parameter '" + failure.getPropertyName() + "' has an invalid value";
        return respondTo(ApiException.invalidRequest(message), failure, request);
    }

    private static ApiException invalid(Stream<? extends MessageSourceResolvable> violations) {
        return ApiException.invalidRequest(violations
                .map(MessageSourceResolvable::getDefaultMessage)
                .map(String::valueOf)
                .findFirst()
                .orElse("The request is invalid"));
    }

    private static String unreadable(HttpMessageNotReadableException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            String field = mismatch.getPath().stream()
                    .map(JacksonException.Reference::getPropertyName)
                    .map(String::valueOf)
                    .collect(Collectors.joining("."));
            return "The field '" + field + "' has the wrong type";
        }
        if (cause instanceof MismatchedInputException) {
            return "The body must be a JSON object";
        }
        return cause instanceof JacksonException ? "The body is not valid JSON" : "The body is missing";
    }

    private @Nullable ResponseEntity<Object> respondTo(ApiException error, Exception failure, WebRequest request) {
        try {
            return respond(error, failure, (ServletWebRequest) request);
        } catch (IOException e) {
            LOG.debug("The client closed the connection before the error response was sent", e);
            return null;
        }
    }

    /** Returns the JSON response, or null if the error page or nothing is sent. */
    private static @Nullable ResponseEntity<Object> respond(
            ApiException error, Exception failure, ServletWebRequest exchange) throws IOException {
        HttpServletRequest request = exchange.getRequest();
        HttpServletResponse response = Objects.requireNonNull(exchange.getResponse());
        RequestFailureLog.log(request.getMethod(), request.getRequestURI(), error, failure);
        if (response.isCommitted()) {
            return null;
        }
        if (!ErrorResponseWriter.isApi(request)) {
            ErrorResponseWriter.sendError(request, response, error);
            return null;
        }
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        error.headers().forEach(headers::set);
        return ResponseEntity.status(error.status()).headers(headers).body(ErrorResponseBody.of(error));
    }
}
