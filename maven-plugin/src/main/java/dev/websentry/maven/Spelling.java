package dev.websentry.maven;

import dev.websentry.engine.run.Option;

/** The parameter names of options, for messages. */
final class Spelling {
    private Spelling() {}

    /** Returns how the user sets the option. */
    static String of(Option option) {
        return switch (option) {
            case AUTH -> parameter("authServerId");
            case API_KEY -> "apiKey (of serverId in settings.xml, WEBSENTRY_API_KEY or -Dwebsentry.apiKey)";
            case CLIENT_KEY_STORE_PASSWORD ->
                "clientKeyStorePassword (of clientKeyStoreServerId in settings.xml, WEBSENTRY_CLIENT_KEY_STORE_PASSWORD or"
                        + " -Dwebsentry.clientKeyStorePassword)";
            case PROXY -> "proxy in settings.xml";
            default -> parameter(option.key());
        };
    }

    /** Returns the name of a parameter with its user property. */
    static String parameter(String name) {
        return name + " (-Dwebsentry." + name + ")";
    }
}
