package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import java.util.List;

/** The checks of the category "dns". */
public final class DnsChecks {
    /** All checks of the category, in the order in which reports show them. */
    public static final List<Check> ALL = List.of(
            new SpfCheck(),
            new DmarcCheck(),
            new DkimCheck(),
            new CaaCheck(),
            new DnssecCheck(),
            new MxInfo(),
            new MtaStsInfo(),
            new TlsRptInfo(),
            new BimiInfo(),
            new DaneInfo());

    private DnsChecks() {}
}
