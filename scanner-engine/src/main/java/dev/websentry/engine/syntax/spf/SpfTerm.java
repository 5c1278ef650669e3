package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.Malformed;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A term of an SPF record: a mechanism or a modifier (RFC 7208 section 12).
 *
 * @param kind the mechanism or modifier
 * @param qualifier one of + - ~ ?; always + for a modifier
 * @param argument the domain-spec or the network; the whole term for an unknown modifier; empty if absent
 * @param prefix4 the IPv4 prefix length; 32 if not given
 * @param prefix6 the IPv6 prefix length; 128 if not given
 */
public record SpfTerm(Kind kind, char qualifier, String argument, int prefix4, int prefix6) {
    /** The mechanisms, then the modifiers. */
    public enum Kind {
        ALL,
        INCLUDE,
        A,
        MX,
        PTR,
        IP4,
        IP6,
        EXISTS,
        REDIRECT,
        EXP,
        UNKNOWN_MODIFIER
    }

    private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9._-]*)=(.*)");
    private static final Pattern MECHANISM = Pattern.compile("([+?~-]?)([A-Za-z0-9]+)([:/].*)?");
    private static final Pattern PREFIXES =
            Pattern.compile("(.*?)(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?", Pattern.DOTALL);
    private static final Map<String, Kind> MECHANISMS = Map.of(
            "all", Kind.ALL,
            "include", Kind.INCLUDE,
            "a", Kind.A,
            "mx", Kind.MX,
            "ptr", Kind.PTR,
            "ip4", Kind.IP4,
            "ip6", Kind.IP6,
            "exists", Kind.EXISTS);

    /** @throws Malformed if the text is not a valid term */
    static SpfTerm parse(String text) throws Malformed {
        Matcher modifier = MODIFIER.matcher(text);
        if (modifier.matches()) {
            return modifier(modifier.group(1), modifier.group(2));
        }
        Matcher mechanism = MECHANISM.matcher(text);
        Kind kind = mechanism.matches() ? MECHANISMS.get(mechanism.group(2).toLowerCase(Locale.ROOT)) : null;
        if (kind == null) {
            throw new Malformed("'" + text + "' is not an SPF term");
        }
        char qualifier = mechanism.group(1).isEmpty() ? '+' : mechanism.group(1).charAt(0);
        String rest = Optional.ofNullable(mechanism.group(3)).orElse("");
        try {
            return mechanism(kind, qualifier, rest);
        } catch (Malformed e) {
            throw new Malformed("'" + text + "': " + e.complaint());
        }
    }

    /** Returns whether the term causes DNS queries that count towards the limit of RFC 7208 section 4.6.4. */
    public boolean looksUp() {
        return switch (kind) {
            case INCLUDE, A, MX, PTR, EXISTS, REDIRECT -> true;
            case ALL, IP4, IP6, EXP, UNKNOWN_MODIFIER -> false;
        };
    }

    /** Returns whether the term, without any lookup, passes every IPv4 or every IPv6 sender. */
    boolean passesEveryAddress() {
        return qualifier == '+'
                && switch (kind) {
                    case ALL -> true;
                    case IP4 -> prefix4 == 0;
                    case IP6 -> prefix6 == 0;
                    case A, MX -> prefix4 == 0 || prefix6 == 0;
                    case INCLUDE, PTR, EXISTS, REDIRECT, EXP, UNKNOWN_MODIFIER -> false;
                };
    }

    /** Returns the term in record syntax. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case REDIRECT, EXP -> name + "=" + argument;
            case UNKNOWN_MODIFIER -> argument;
            default ->
                (qualifier == '+' ? "" : String.valueOf(qualifier))
                        + name
                        + (argument.isEmpty() ? "" : ":" + argument)
                        + prefixes();
        };
    }

    private String prefixes() {
        String ipv4 = prefix4 == 32 ? "" : "/" + prefix4;
        String ipv6 = prefix6 == 128 ? "" : (kind == Kind.IP6 ? "/" : "//") + prefix6;
        return ipv4 + ipv6;
    }

    private static SpfTerm modifier(String name, String value) throws Malformed {
        Kind kind = switch (name.toLowerCase(Locale.ROOT)) {
            case "redirect" -> Kind.REDIRECT;
            case "exp" -> Kind.EXP;
            default -> Kind.UNKNOWN_MODIFIER;
        };
        if (kind == Kind.UNKNOWN_MODIFIER) {
            SpfMacros.requireMacroString(value);
            return new SpfTerm(kind, '+', name + "=" + value, 32, 128);
        }
        SpfMacros.requireDomainSpec(value);
        return new SpfTerm(kind, '+', value, 32, 128);
    }

    private static SpfTerm mechanism(Kind kind, char qualifier, String rest) throws Malformed {
        return switch (kind) {
            case IP4, IP6 -> SpfNetwork.term(kind, qualifier, rest);
            case A, MX -> addresses(kind, qualifier, rest);
            case ALL -> {
                if (!rest.isEmpty()) {
                    throw new Malformed("all takes no argument");
                }
                yield new SpfTerm(kind, qualifier, "", 32, 128);
            }
            default -> {
                boolean optional = kind == Kind.PTR;
                if (!(optional && rest.isEmpty())) {
                    SpfMacros.requireDomainSpec(argument(rest));
                }
                yield new SpfTerm(kind, qualifier, rest.isEmpty() ? "" : argument(rest), 32, 128);
            }
        };
    }

    private static SpfTerm addresses(Kind kind, char qualifier, String rest) throws Malformed {
        Matcher parts = PREFIXES.matcher(rest);
        if (!parts.matches()) {
            throw new Malformed("invalid prefix length");
        }
        int ipv4 = parts.group(2) == null ? 32 : Integer.parseInt(parts.group(2));
        int ipv6 = parts.group(3) == null ? 128 : Integer.parseInt(parts.group(3));
        if (ipv4 > 32 || ipv6 > 128) {
            throw new Malformed("invalid prefix length");
        }
        String domain = parts.group(1).isEmpty() ? "" : argument(parts.group(1));
        if (!parts.group(1).isEmpty()) {
            SpfMacros.requireDomainSpec(domain);
        }
        return new SpfTerm(kind, qualifier, domain, ipv4, ipv6);
    }

    private static String argument(String rest) throws Malformed {
        if (!rest.startsWith(":")) {
            throw new Malformed("expected a colon and a domain");
        }
        return rest.substring(1);
    }
}
