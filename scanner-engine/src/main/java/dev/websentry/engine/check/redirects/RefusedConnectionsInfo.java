package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.RefusedConnection;
import dev.websentry.engine.observation.ScanObservations;
import java.util.List;

/**
 * Reports the addresses that the scan did not connect to because they are not public (OWASP, Server-Side Request
 * Forgery Prevention Cheat Sheet).
 */
final class RefusedConnectionsInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "redirects.private-addresses", "Private addresses", CheckCategory.REDIRECTS)
            .description(
                    "The site leads to public addresses only: its redirects, its www name, its MTA-STS policy and the"
                            + " URLs in its certificates. A scan of a public site does not connect to other addresses.")
            .remediation(
                    Remediation.of("Remove the reference to the private network from the public site. If the scan may"
                            + " follow it, set allowPrivateAddresses."))
            .references("https://cheatsheetseries.owasp.org/cheatsheets/"
                    + "Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        List<RefusedConnection> refused = seen.refusedConnections();
        if (refused.isEmpty()) {
            return CheckVerdict.info("The site leads to no forbidden address");
        }
        List<String> places = refused.stream()
                .map(connection -> connection.host().equals(connection.address())
                        ? connection.address()
                        : connection.host() + " (" + connection.address() + ")")
                .toList();
        return CheckVerdict.info("The site leads to addresses that are not public; the scan did not connect to "
                        + String.join(", ", places))
                .evidence(places);
    }
}
