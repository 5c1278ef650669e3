package dev.websentry.engine.syntax.dkim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Guesses the DKIM selectors of a domain. The DNS cannot list selectors, so common ones are tried if none are
 * configured.
 */
public final class DkimSelectorGuesser {
    /** Selectors that common mail servers and guides use. */
    private static final List<String> COMMON = List.of(
            "default",
            "dkim",
            "mail",
            "email",
            "smtp",
            "mx",
            "key1",
            "key2",
            "k1",
            "k2",
            "s1",
            "s2",
            "selector",
            "selector1",
            "selector2",
            "google",
            "dk",
            "dkim1",
            "dkim2",
            "sig1",
            "m1",
            "x",
            "20230601",
            "2024",
            "2025",
            "2026");

    /** A mail provider, identified by a substring of its MX hosts or SPF includes. */
    private record MailProvider(String marker, List<String> selectors) {}

    private static final List<MailProvider> PROVIDERS = List.of(
            new MailProvider("google", List.of("google")),
            new MailProvider("outlook.com", List.of("selector1", "selector2")),
            new MailProvider("protonmail", List.of("protonmail", "protonmail2", "protonmail3")),
            new MailProvider("messagingengine.com", List.of("fm1", "fm2", "fm3", "mesmtp")),
            new MailProvider("zoho", List.of("zoho", "zmail")),
            new MailProvider("icloud.com", List.of("sig1")),
            new MailProvider("yandex", List.of("mail")),
            new MailProvider("migadu.com", List.of("key1", "key2", "key3")),
            new MailProvider("mailbox.org", List.of("MBO0001", "MBO0002", "MBO0003", "MBO0004")),
            new MailProvider("gandi.net", List.of("gm1", "gm2", "gm3")),
            new MailProvider("hostinger", List.of("hostingermail-a", "hostingermail-b", "hostingermail-c")),
            new MailProvider("ionos", List.of("s1-ionos", "s2-ionos", "s42582890")),
            new MailProvider("kundenserver", List.of("s1-ionos", "s2-ionos")),
            new MailProvider("infomaniak", List.of("20230601", "infomaniak")),
            new MailProvider("cloudflare", List.of("cf2024-1")),
            new MailProvider("registrar-servers.com", List.of("default", "titan1")),
            new MailProvider("titan.email", List.of("titan1", "titan2")),
            new MailProvider("sendgrid", List.of("s1", "s2", "smtpapi")),
            new MailProvider("mailgun", List.of("pic", "mailo", "krs", "mta", "smtp")),
            new MailProvider("mcsv.net", List.of("k1", "k2", "k3")),
            new MailProvider("mandrillapp", List.of("mandrill", "mte1", "mte2")),
            new MailProvider("mailjet", List.of("mailjet")),
            new MailProvider("brevo", List.of("brevo1", "brevo2", "mail")),
            new MailProvider("sendinblue", List.of("mail")),
            new MailProvider("mtasv.net", List.of("pm")),
            new MailProvider("hubspot", List.of("hs1", "hs2")),
            new MailProvider("zendesk", List.of("zendesk1", "zendesk2")),
            new MailProvider("klaviyo", List.of("kl", "kl2")),
            new MailProvider("mimecast", List.of("mimecast20230601", "mimecast")),
            new MailProvider("pphosted", List.of("proofpoint", "pp", "pps1")),
            new MailProvider("simplelogin", List.of("dkim", "dkim02", "dkim03")),
            new MailProvider("tutanota", List.of("s1", "s2", "tutanota")));

    private DkimSelectorGuesser() {}

    /**
     * Returns the selectors to try: those of the recognized mail providers, then the common ones.
     *
     * @param hints MX hosts and SPF records of the domain, in lower case
     * @return the selectors without duplicates
     */
    public static List<String> guess(List<String> hints) {
        Set<String> selectors = new LinkedHashSet<>();
        for (MailProvider provider : PROVIDERS) {
            if (hints.stream().anyMatch(hint -> hint.contains(provider.marker()))) {
                selectors.addAll(provider.selectors());
            }
        }
        selectors.addAll(COMMON);
        return new ArrayList<>(selectors);
    }
}
