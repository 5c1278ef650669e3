package dev.websentry.server.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The operations of one part of the API, under one heading of the documentation page.
 *
 * @param name the tag of the operations
 */
public record ApiGroup(String name, List<ApiOperation> operations) {
    /** The order on the page; other groups follow in the order of the document. */
    private static final List<String> ORDER = List.of("Scans", "Sharing", "Keys", "Monitors", "Webhook", "Accounts");

    public ApiGroup {
        operations = List.copyOf(operations);
    }

    /** Groups operations by their tag. */
    static List<ApiGroup> of(List<ApiOperation> operations) {
        List<String> names = new ArrayList<>(ORDER);
        operations.stream()
                .map(ApiOperation::group)
                .filter(name -> !names.contains(name))
                .distinct()
                .forEach(names::add);
        return names.stream()
                .map(name -> new ApiGroup(
                        name,
                        operations.stream()
                                .filter(operation -> operation.group().equals(name))
                                .toList()))
                .filter(group -> !group.operations().isEmpty())
                .toList();
    }

    /** Returns the fragment identifier of the heading. */
    public String anchor() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
