package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import java.util.List;

/** The checks of the category {@code headers}. */
public final class HeaderChecks {
    /** All checks of the category, in the order in which reports list them. */
    public static final List<Check> ALL = List.of(
            new CspCheck(),
            new ClickjackingCheck(),
            new ContentTypeOptionsCheck(),
            new ReferrerPolicyCheck(),
            new PermissionsPolicyCheck(),
            new CorsCheck(),
            new SubresourceIntegrityCheck(),
            CrossOriginIsolationInfo.openerPolicy(),
            CrossOriginIsolationInfo.embedderPolicy(),
            CrossOriginIsolationInfo.resourcePolicy(),
            new TrustedTypesInfo(),
            new XssProtectionInfo(),
            new ObsoleteHeadersInfo(),
            new CspReportOnlyInfo());

    private HeaderChecks() {}
}
