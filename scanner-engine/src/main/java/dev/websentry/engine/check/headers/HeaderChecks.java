package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import java.util.List;

/** The category's checks, in the order of reports. */
public final class HeaderChecks {
    public static final List<Check> ALL = List.of(
            new CspCheck(),
            new FramingCheck(),
            new ContentTypeOptionsCheck(),
            new ReferrerPolicyCheck(),
            new PermissionsPolicyCheck(),
            new CorsCheck(),
            new SubresourcesCheck(),
            IsolationInfo.opener(),
            IsolationInfo.embedder(),
            IsolationInfo.resource(),
            new TrustedTypesInfo(),
            new XssProtectionInfo(),
            new ObsoleteHeadersInfo(),
            new ReportOnlyInfo());

    private HeaderChecks() {}
}
