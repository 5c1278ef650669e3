package dev.websentry.server.security;

import dev.websentry.server.error.ApiException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.MultiValueMap;

/** A request whose body was received before. Reads form parameters from that body, too. */
final class BufferedBodyRequest extends HttpServletRequestWrapper {
    private final byte[] body;
    private @Nullable Map<String, String[]> parameters;

    BufferedBodyRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /**
     * Returns REQUEST although the container dispatches the request asynchronously. For the filters that follow it is
     * the first dispatch; Spring's filters would ignore a later one.
     */
    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new BufferedInputStream(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
        String encoding = getCharacterEncoding();
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            parameters = isForm() ? withForm(super.getParameterMap()) : super.getParameterMap();
        }
        return parameters;
    }

    private boolean isForm() {
        try {
            return "POST".equals(getMethod())
                    && getContentType() != null
                    && MediaType.APPLICATION_FORM_URLENCODED.equalsTypeAndSubtype(
                            MediaType.parseMediaType(getContentType()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Map<String, String[]> withForm(Map<String, String[]> query) {
        Map<String, String[]> all = new LinkedHashMap<>(query);
        readForm()
                .forEach((name, values) -> all.merge(
                        name, values.stream().map(String::valueOf).toArray(String[]::new), BufferedBodyRequest::join));
        return Collections.unmodifiableMap(all);
    }

    private MultiValueMap<String, String> readForm() {
        try {
            ServletServerHttpRequest message = new ServletServerHttpRequest(this) {
                @Override
                public InputStream getBody() {
                    return new ByteArrayInputStream(body);
                }
            };
            return new FormHttpMessageConverter().read(null, message);
        } catch (IOException | IllegalArgumentException e) {
            throw ApiException.invalidRequest("The form is malformed");
        }
    }

    private static String[] join(String[] first, String[] second) {
        String[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static final class BufferedInputStream extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        BufferedInputStream(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body was received already");
        }
    }
}
