package dev.websentry.maven;

import dev.websentry.engine.job.Option;

/** The parameter names of options, for messages. */
final class ParameterNames {
    private ParameterNames() {}

    /** Returns how the user sets the option. */
    static String of(Option option) {
        return switch (option) {
            case AUTH -> withUserProperty("authServerId");
            case API_KEY -> "apiKey (of serverId in settings.xml, WEBSENTRY_API_KEY or -Dwebsentry.apiKey)";
            case CLIENT_KEY_STORE_PASSWORD ->
                "clientKeyStorePassword (of clientKeyStoreServerId in settings.xml, WEBSENTRY_CLIENT_KEY_STORE_PASSWORD or"
                        + " -Dwebsentry.clientKeyStorePassword)";
            case PROXY -> "proxy in settings.xml";
            default -> withUserProperty(option.key());
        };
    }

    /** Returns the name of a parameter with its user property. */
    static String withUserProperty(String name) {
        return name + " (-Dwebsentry." + name + ")";
    }
}
