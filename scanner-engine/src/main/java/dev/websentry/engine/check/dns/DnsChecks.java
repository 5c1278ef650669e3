package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import java.util.List;

/** The category's checks, in the order of reports. */
public final class DnsChecks {
    public static final List<Check> ALL = List.of(
            new SpfCheck(),
            new DmarcCheck(),
            new DkimCheck(),
            new CaaCheck(),
            new DnssecCheck(),
            new MailServersInfo(),
            new MtaStsInfo(),
            new TlsReportsInfo(),
            new BimiInfo(),
            new DaneInfo());

    private DnsChecks() {}
}
