package dev.websentry.maven;

import dev.websentry.engine.run.Option;

/** How users of the goals write an option, for messages. */
final class Spelling {
    private Spelling() {}

    static String of(Option option) {
        return switch (option) {
            case AUTH -> parameter("authServerId");
            case API_KEY -> "apiKey (of serverId in settings.xml, WEBSENTRY_API_KEY or -Dwebsentry.apiKey)";
            case CLIENT_KEY_STORE_PASSWORD ->
                "clientKeyStorePassword (of clientKeyStoreServerId in settings.xml, WEBSENTRY_CLIENT_KEY_STORE_PASSWORD or"
                        + " -Dwebsentry.clientKeyStorePassword)";
            case PROXY -> "the proxy of settings.xml";
            default -> parameter(option.key());
        };
    }

    static String parameter(String name) {
        return name + " (-Dwebsentry." + name + ")";
    }
}
