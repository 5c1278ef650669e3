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
import org.jspecify.annotations.Nullable;

/**
 * What a step was told, on its way from the controller to the agent: texts as a person wrote them, variables already put in.
 * Secrets travel in it, so it has no text of its own and is never stored.
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
    private final HashMap<String, String> proxyVariables = new HashMap<>();
    private @Nullable JenkinsProxy jenkinsProxy;

    public ScanSettings set(Option option, @Nullable String text) {
        return set(option, text == null ? List.of() : List.of(text));
    }

    public ScanSettings set(Option option, List<String> values) {
        texts.put(option, new ArrayList<>(values));
        return this;
    }

    /** Whether a result worse than the last successful build's closes the gate. */
    public ScanSettings failOnRegression(boolean fail) {
        failOnRegression = fail;
        return this;
    }

    /** The lowest grade of a stable build; a lower one is unstable, not failed, unless {@code failBelow} says so. */
    public ScanSettings unstableBelow(@Nullable String grade) {
        unstableBelow = grade;
        return this;
    }

    /** A user name and a password for the site itself. */
    public ScanSettings auth(String name, String secret) {
        user = name;
        password = secret;
        return this;
    }

    /** The key for the server that scans. */
    public ScanSettings apiKey(String secret) {
        apiKey = secret;
        return this;
    }

    public ScanSettings keyStorePassword(String secret) {
        keyStorePassword = secret;
        return this;
    }

    /** The step's environment, of which the variables that name proxies are kept. */
    public ScanSettings environment(Map<String, String> variables) {
        proxyVariables.putAll(ProxyEnvironment.only(variables));
        return this;
    }

    /** The proxy of Jenkins, for an agent that names none of its own. */
    public ScanSettings jenkinsProxy(JenkinsProxy proxy) {
        jenkinsProxy = proxy;
        return this;
    }

    /** The same with every text changed, such as by putting variables in. Secrets stay as they are. */
    public ScanSettings map(UnaryOperator<String> change) {
        texts.replaceAll(
                (option, values) -> new ArrayList<>(values.stream().map(change).toList()));
        unstableBelow = unstableBelow == null ? null : change.apply(unstableBelow);
        return this;
    }

    Set<Option> options() {
        return texts.keySet();
    }

    /** The texts of one option that say something. */
    List<String> texts(Option option) {
        ArrayList<String> all = texts.get(option);
        return all == null
                ? List.of()
                : all.stream().filter(text -> !text.isBlank()).toList();
    }

    /** The user and password that were set. */
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

    /** The proxies to go by, seen from the Java that runs this. */
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
