package dev.websentry.engine.syntax.dkim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Selectors to look for when none are configured: a selector cannot be listed, only guessed. */
public final class DkimSelectors {
    /** What common servers and guides call theirs. */
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

    /** Mail providers, known by a part of their MX hosts or SPF includes. */
    private record Provider(String mark, List<String> selectors) {}

    private static final List<Provider> PROVIDERS = List.of(
            new Provider("google", List.of("google")),
            new Provider("outlook.com", List.of("selector1", "selector2")),
            new Provider("protonmail", List.of("protonmail", "protonmail2", "protonmail3")),
            new Provider("messagingengine.com", List.of("fm1", "fm2", "fm3", "mesmtp")),
            new Provider("zoho", List.of("zoho", "zmail")),
            new Provider("icloud.com", List.of("sig1")),
            new Provider("yandex", List.of("mail")),
            new Provider("migadu.com", List.of("key1", "key2", "key3")),
            new Provider("mailbox.org", List.of("MBO0001", "MBO0002", "MBO0003", "MBO0004")),
            new Provider("gandi.net", List.of("gm1", "gm2", "gm3")),
            new Provider("hostinger", List.of("hostingermail-a", "hostingermail-b", "hostingermail-c")),
            new Provider("ionos", List.of("s1-ionos", "s2-ionos", "s42582890")),
            new Provider("kundenserver", List.of("s1-ionos", "s2-ionos")),
            new Provider("infomaniak", List.of("20230601", "infomaniak")),
            new Provider("cloudflare", List.of("cf2024-1")),
            new Provider("registrar-servers.com", List.of("default", "titan1")),
            new Provider("titan.email", List.of("titan1", "titan2")),
            new Provider("sendgrid", List.of("s1", "s2", "smtpapi")),
            new Provider("mailgun", List.of("pic", "mailo", "krs", "mta", "smtp")),
            new Provider("mcsv.net", List.of("k1", "k2", "k3")),
            new Provider("mandrillapp", List.of("mandrill", "mte1", "mte2")),
            new Provider("mailjet", List.of("mailjet")),
            new Provider("brevo", List.of("brevo1", "brevo2", "mail")),
            new Provider("sendinblue", List.of("mail")),
            new Provider("mtasv.net", List.of("pm")),
            new Provider("hubspot", List.of("hs1", "hs2")),
            new Provider("zendesk", List.of("zendesk1", "zendesk2")),
            new Provider("klaviyo", List.of("kl", "kl2")),
            new Provider("mimecast", List.of("mimecast20230601", "mimecast")),
            new Provider("pphosted", List.of("proofpoint", "pp", "pps1")),
            new Provider("simplelogin", List.of("dkim", "dkim02", "dkim03")),
            new Provider("tutanota", List.of("s1", "s2", "tutanota")));

    private DkimSelectors() {}

    /** @param traces MX hosts and SPF records, in lower case */
    public static List<String> guess(List<String> traces) {
        Set<String> selectors = new LinkedHashSet<>();
        for (Provider provider : PROVIDERS) {
            if (traces.stream().anyMatch(trace -> trace.contains(provider.mark()))) {
                selectors.addAll(provider.selectors());
            }
        }
        selectors.addAll(COMMON);
        return new ArrayList<>(selectors);
    }
}
