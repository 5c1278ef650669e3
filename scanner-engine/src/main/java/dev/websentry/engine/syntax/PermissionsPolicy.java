package dev.websentry.engine.syntax;

import dev.websentry.engine.syntax.structured.Member;
import dev.websentry.engine.syntax.structured.StructuredFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Permissions-Policy field, Permissions Policy section 5.2.
 *
 * @param openToAll by feature, in order: whether its allowlist is everyone
 */
public record PermissionsPolicy(Map<String, Boolean> openToAll) {
    /**
     * Features whose use a person has to allow, or that read sensors and devices. A choice of our own among those listed at
     * github.com/w3c/webappsec-permissions-policy, file features.md; a feature that is missing here is not counted.
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

    public PermissionsPolicy {
        openToAll = Collections.unmodifiableMap(new LinkedHashMap<>(openToAll));
    }

    /** Empty on a parse error: browsers drop the whole header. */
    public static Optional<PermissionsPolicy> parse(String value) {
        return StructuredFields.dictionary(value).map(members -> {
            Map<String, Boolean> features = new LinkedHashMap<>();
            members.forEach((feature, member) -> features.put(feature, isOpen(member)));
            return new PermissionsPolicy(features);
        });
    }

    /** The powerful features that not everyone may use. */
    public List<String> limited() {
        return powerful(false);
    }

    /** The powerful features that every embedded page may use. */
    public List<String> open() {
        return powerful(true);
    }

    private List<String> powerful(boolean open) {
        return openToAll.entrySet().stream()
                .filter(entry -> POWERFUL.contains(entry.getKey()) && entry.getValue() == open)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOpen(Member member) {
        return member.items().stream().anyMatch(item -> item.isToken("*"));
    }
}
