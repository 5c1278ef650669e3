package dev.websentry.maven;

import dev.websentry.engine.target.Credentials;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/** Where the goals' secrets come from: a parameter, else settings.xml, else the environment. */
record Secrets(UserSettings user, Map<String, String> environment) {

    /** Only with a server: a key in the environment that nobody needs is nobody's mistake. */
    @Nullable
    String apiKey(@Nullable String server, @Nullable String apiKey, @Nullable String serverId)
            throws MojoExecutionException {
        if (server == null || server.isBlank()) {
            String given = serverId != null ? "serverId" : "apiKey";
            if (serverId != null || apiKey != null) {
                throw new MojoExecutionException(Spelling.parameter(given) + ": is for a server that scans: set "
                        + Spelling.parameter("server") + " as well");
            }
            return null;
        }
        return first(apiKey, "serverId", serverId, "apiKey", "WEBSENTRY_API_KEY");
    }

    @Nullable
    String keyStorePassword(@Nullable File store, @Nullable String password, @Nullable String serverId)
            throws MojoExecutionException {
        if (store == null) {
            if (serverId != null) {
                throw new MojoExecutionException(Spelling.parameter("clientKeyStoreServerId") + ": opens nothing: set "
                        + Spelling.parameter("clientKeyStore") + " to a key store");
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

    Optional<Credentials> auth(@Nullable String serverId) throws MojoExecutionException {
        return serverId == null
                ? Optional.empty()
                : Optional.of(user.credentials(Spelling.parameter("authServerId"), serverId));
    }

    private @Nullable String first(
            @Nullable String given, String parameter, @Nullable String serverId, String element, String variable)
            throws MojoExecutionException {
        if (given != null) {
            return given;
        }
        return serverId == null
                ? environment.get(variable)
                : user.secret(Spelling.parameter(parameter), serverId, element);
    }
}
