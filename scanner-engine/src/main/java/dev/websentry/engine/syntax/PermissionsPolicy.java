package dev.websentry.engine.syntax;

import dev.websentry.engine.syntax.structured.DictionaryMember;
import dev.websentry.engine.syntax.structured.StructuredFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code Permissions-Policy} field (Permissions Policy section 5.2).
 *
 * @param openToAll maps each feature, in order, to whether its allowlist includes every origin
 */
public record PermissionsPolicy(Map<String, Boolean> openToAll) {
    /**
     * Features that require the user's permission, or that read sensors and devices. This is our selection from
     * features.md in github.com/w3c/webappsec-permissions-policy; other features are ignored.
     */
    private static final Set<String> POWERFUL = Set.of(
            "accelerometer",
            "all-screens-capture",
            "ambient-light-sensor",
            "bluetooth",
            "camera",
            "captured-surface-control",
            "clipboard-read",
            "display-capture",
            "geolocation",
            "gyroscope",
            "hid",
            "identity-credentials-get",
            "idle-detection",
            "keyboard-lock",
            "local-fonts",
            "local-network-access",
            "magnetometer",
            "microphone",
            "midi",
            "otp-credentials",
            "payment",
            "publickey-credentials-create",
            "publickey-credentials-get",
            "serial",
            "smart-card",
            "speaker-selection",
            "storage-access",
            "usb",
            "usb-unrestricted",
            "web-share",
            "window-management",
            "xr-spatial-tracking");

    /** Powerful features whose default allowlist is every origin already (features.md). */
    private static final Set<String> OPEN_BY_DEFAULT = Set.of("storage-access");

    public PermissionsPolicy {
        openToAll = Collections.unmodifiableMap(new LinkedHashMap<>(openToAll));
    }

    /**
     * Parses a field value.
     *
     * @param value the field value
     * @return the policy; empty on a syntax error, since browsers then ignore the whole field
     */
    public static Optional<PermissionsPolicy> parse(String value) {
        return StructuredFields.parseDictionary(value).map(members -> {
            Map<String, Boolean> features = new LinkedHashMap<>();
            members.forEach((feature, member) -> features.put(feature, isOpen(member)));
            return new PermissionsPolicy(features);
        });
    }

    /** Returns the powerful features that are restricted to some origins or disabled. */
    public List<String> restrictedPowerfulFeatures() {
        return powerfulFeatures(false);
    }

    /** Returns the powerful features that every embedded page may use only because the policy allows it. */
    public List<String> openPowerfulFeatures() {
        return powerfulFeatures(true).stream()
                .filter(feature -> !OPEN_BY_DEFAULT.contains(feature))
                .toList();
    }

    private List<String> powerfulFeatures(boolean open) {
        return openToAll.entrySet().stream()
                .filter(entry -> POWERFUL.contains(entry.getKey()) && entry.getValue() == open)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOpen(DictionaryMember member) {
        return member.items().stream().anyMatch(item -> item.isToken("*"));
    }
}
