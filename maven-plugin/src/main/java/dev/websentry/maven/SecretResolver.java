package dev.websentry.maven;

import dev.websentry.engine.config.BasicCredentials;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the secrets of the goals from a parameter, settings.xml or the environment, in this order.
 *
 * @param environment the environment variables
 */
record SecretResolver(MavenSettings settings, Map<String, String> environment) {

    /**
     * Returns the API key. Without a server, an API key in the environment is ignored.
     *
     * @return the API key; null if there is none
     * @throws MojoExecutionException if a parameter for the API key is set without a server
     */
    @Nullable
    String apiKey(@Nullable String server, @Nullable String apiKey, @Nullable String serverId)
            throws MojoExecutionException {
        if (server == null || server.isBlank()) {
            String parameter = serverId != null ? "serverId" : "apiKey";
            if (serverId != null || apiKey != null) {
                throw new MojoExecutionException(
                        ParameterNames.withUserProperty(parameter) + ": applies only to remote scans; set "
                                + ParameterNames.withUserProperty("server") + " as well");
            }
            return null;
        }
        return first(apiKey, "serverId", serverId, "apiKey", "WEBSENTRY_API_KEY");
    }

    /**
     * Returns the password of the client key store.
     *
     * @return the password; null if there is none
     */
    @Nullable
    String keyStorePassword(@Nullable File store, @Nullable String password, @Nullable String serverId)
            throws MojoExecutionException {
        if (store == null) {
            if (serverId != null) {
                throw new MojoExecutionException(
                        ParameterNames.withUserProperty("clientKeyStoreServerId") + ": no key store is set; set "
                                + ParameterNames.withUserProperty("clientKeyStore") + " as well");
            }
            return password;
        }
        return first(
                password,
                "clientKeyStoreServerId",
                serverId,
                "keyStorePassword",
                "WEBSENTRY_CLIENT_KEY_STORE_PASSWORD");
    }

    /** Returns the user name and password for the site, if a server id is set. */
    Optional<BasicCredentials> auth(@Nullable String serverId) throws MojoExecutionException {
        return serverId == null
                ? Optional.empty()
                : Optional.of(settings.credentials(ParameterNames.withUserProperty("authServerId"), serverId));
    }

    private @Nullable String first(
            @Nullable String value, String parameter, @Nullable String serverId, String element, String variable)
            throws MojoExecutionException {
        if (value != null) {
            return value;
        }
        return serverId == null
                ? environment.get(variable)
                : settings.secret(ParameterNames.withUserProperty(parameter), serverId, element);
    }
}
