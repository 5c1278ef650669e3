package dev.websentry.jenkins;

import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.job.Option;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a step, which the controller sends to the agent: texts as the user entered them, with variables
 * already expanded. Contains secrets, so it has no text form and is never stored.
 */
public final class ScanSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EnumMap<Option, ArrayList<String>> texts = new EnumMap<>(Option.class);
    private boolean failOnRegression;
    private @Nullable String unstableBelow;
    private @Nullable String user;
    private @Nullable String password;
    private @Nullable String apiKey;
    private @Nullable String keyStorePassword;
    private @Nullable String secretHeaders;
    private final HashMap<String, String> proxyVariables = new HashMap<>();
    private @Nullable JenkinsProxy jenkinsProxy;

    /** Sets the value of an option; null means not set. */
    public ScanSettings set(Option option, @Nullable String text) {
        return set(option, text == null ? List.of() : List.of(text));
    }

    /** Sets several values of an option. */
    public ScanSettings set(Option option, List<String> values) {
        texts.put(option, new ArrayList<>(values));
        return this;
    }

    /** Sets whether a result worse than the baseline fails the quality gate. */
    public ScanSettings failOnRegression(boolean fail) {
        failOnRegression = fail;
        return this;
    }

    /** Sets the lowest grade of a stable build. A lower one is unstable; below {@code failBelow} it fails. */
    public ScanSettings unstableBelow(@Nullable String grade) {
        unstableBelow = grade;
        return this;
    }

    /** Sets the user name and password for the site. */
    public ScanSettings auth(String name, String secret) {
        user = name;
        password = secret;
        return this;
    }

    /** Sets the API key for the server that scans. */
    public ScanSettings apiKey(String secret) {
        apiKey = secret;
        return this;
    }

    /** Sets the password of the client key store. */
    public ScanSettings keyStorePassword(String secret) {
        keyStorePassword = secret;
        return this;
    }

    /** Sets request headers that come from credentials, one {@code Name: value} a line. */
    public ScanSettings secretHeaders(String lines) {
        secretHeaders = lines;
        return this;
    }

    /** Sets the environment of the step; only the variables that name proxies are kept. */
    public ScanSettings environment(Map<String, String> variables) {
        proxyVariables.putAll(ProxyEnvironment.only(variables));
        return this;
    }

    /** Sets the proxy of Jenkins, which is used if the agent does not configure a proxy. */
    public ScanSettings jenkinsProxy(JenkinsProxy proxy) {
        jenkinsProxy = proxy;
        return this;
    }

    /** Changes every text, for example to expand variables. Secrets are not changed. */
    public ScanSettings map(UnaryOperator<String> change) {
        texts.replaceAll(
                (option, values) -> new ArrayList<>(values.stream().map(change).toList()));
        unstableBelow = unstableBelow == null ? null : change.apply(unstableBelow);
        return this;
    }

    /** Returns the URLs to scan as the user entered them. */
    public List<String> urls() {
        return Stream.of(Option.URL, Option.URLS)
                .flatMap(option -> texts(option).stream())
                .map(String::strip)
                .toList();
    }

    /** Returns the value of an option that is one text. */
    public Optional<String> first(Option option) {
        return texts(option).stream().findFirst();
    }

    Set<Option> options() {
        return texts.keySet();
    }

    /** Returns the values of an option that are not blank. */
    List<String> texts(Option option) {
        ArrayList<String> all = texts.get(option);
        return all == null
                ? List.of()
                : all.stream().filter(text -> !text.isBlank()).toList();
    }

    /** Returns the user name and password for the site, if they are set. */
    Optional<BasicCredentials> auth() {
        return user == null || password == null ? Optional.empty() : Optional.of(new BasicCredentials(user, password));
    }

    @Nullable
    String apiKey() {
        return apiKey;
    }

    @Nullable
    String keyStorePassword() {
        return keyStorePassword;
    }

    Optional<String> secretHeaders() {
        return Optional.ofNullable(secretHeaders).filter(lines -> !lines.isBlank());
    }

    /** Returns the proxies, including those of the Java that runs this. */
    ProxyEnvironment proxyEnvironment() {
        return new ProxyEnvironment(proxyVariables, System.getProperties(), jenkinsProxy);
    }

    boolean isFailOnRegression() {
        return failOnRegression;
    }

    Optional<String> unstableBelow() {
        return Optional.ofNullable(unstableBelow).map(String::strip).filter(grade -> !grade.isEmpty());
    }
}
