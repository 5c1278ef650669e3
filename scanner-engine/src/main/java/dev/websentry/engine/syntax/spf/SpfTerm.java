package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A term of an SPF record: a mechanism or a modifier (RFC 7208 section 12).
 *
 * @param type the mechanism or modifier
 * @param qualifier one of + - ~ ?; always + for a modifier
 * @param argument the domain-spec or the network; the whole term for an unknown modifier; empty if absent
 * @param ipv4PrefixLength the IPv4 prefix length; 32 if not given
 * @param ipv6PrefixLength the IPv6 prefix length; 128 if not given
 */
public record SpfTerm(SpfTermType type, char qualifier, String argument, int ipv4PrefixLength, int ipv6PrefixLength) {
    /** The mechanisms, then the modifiers. */
    public enum SpfTermType {
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
    private static final Map<String, SpfTermType> MECHANISMS = Map.of(
            "all", SpfTermType.ALL,
            "include", SpfTermType.INCLUDE,
            "a", SpfTermType.A,
            "mx", SpfTermType.MX,
            "ptr", SpfTermType.PTR,
            "ip4", SpfTermType.IP4,
            "ip6", SpfTermType.IP6,
            "exists", SpfTermType.EXISTS);

    /** @throws InvalidSyntaxException if the text is not a valid term */
    static SpfTerm parse(String text) throws InvalidSyntaxException {
        Matcher modifier = MODIFIER.matcher(text);
        if (modifier.matches()) {
            return modifier(modifier.group(1), modifier.group(2));
        }
        Matcher mechanism = MECHANISM.matcher(text);
        SpfTermType kind =
                mechanism.matches() ? MECHANISMS.get(mechanism.group(2).toLowerCase(Locale.ROOT)) : null;
        if (kind == null) {
            throw new InvalidSyntaxException("'" + text + "' is not an SPF term");
        }
        char qualifier = mechanism.group(1).isEmpty() ? '+' : mechanism.group(1).charAt(0);
        String rest = Optional.ofNullable(mechanism.group(3)).orElse("");
        try {
            return mechanism(kind, qualifier, rest);
        } catch (InvalidSyntaxException e) {
            throw new InvalidSyntaxException("'" + text + "': " + e.reason());
        }
    }

    /** Returns whether the term causes DNS queries that count towards the limit of RFC 7208 section 4.6.4. */
    public boolean causesLookup() {
        return switch (type) {
            case INCLUDE, A, MX, PTR, EXISTS, REDIRECT -> true;
            case ALL, IP4, IP6, EXP, UNKNOWN_MODIFIER -> false;
        };
    }

    /** Returns whether the term, without any lookup, passes every IPv4 or every IPv6 sender. */
    boolean passesEveryAddress() {
        return qualifier == '+'
                && switch (type) {
                    case ALL -> true;
                    case IP4 -> ipv4PrefixLength == 0;
                    case IP6 -> ipv6PrefixLength == 0;
                    case A, MX -> ipv4PrefixLength == 0 || ipv6PrefixLength == 0;
                    case INCLUDE, PTR, EXISTS, REDIRECT, EXP, UNKNOWN_MODIFIER -> false;
                };
    }

    /** Returns the term in record syntax. */
    @Override
    public String toString() {
        String name = type.name().toLowerCase(Locale.ROOT);
        return switch (type) {
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
        String ipv4 = ipv4PrefixLength == 32 ? "" : "/" + ipv4PrefixLength;
        String ipv6 = ipv6PrefixLength == 128 ? "" : (type == SpfTermType.IP6 ? "/" : "//") + ipv6PrefixLength;
        return ipv4 + ipv6;
    }

    private static SpfTerm modifier(String name, String value) throws InvalidSyntaxException {
        SpfTermType kind = switch (name.toLowerCase(Locale.ROOT)) {
            case "redirect" -> SpfTermType.REDIRECT;
            case "exp" -> SpfTermType.EXP;
            default -> SpfTermType.UNKNOWN_MODIFIER;
        };
        if (kind == SpfTermType.UNKNOWN_MODIFIER) {
            SpfMacros.requireMacroString(value);
            return new SpfTerm(kind, '+', name + "=" + value, 32, 128);
        }
        SpfMacros.requireDomainSpec(value);
        return new SpfTerm(kind, '+', value, 32, 128);
    }

    private static SpfTerm mechanism(SpfTermType kind, char qualifier, String rest) throws InvalidSyntaxException {
        return switch (kind) {
            case IP4, IP6 -> SpfNetworkParser.parse(kind, qualifier, rest);
            case A, MX -> addresses(kind, qualifier, rest);
            case ALL -> {
                if (!rest.isEmpty()) {
                    throw new InvalidSyntaxException("all takes no argument");
                }
                yield new SpfTerm(kind, qualifier, "", 32, 128);
            }
            default -> {
                boolean optional = kind == SpfTermType.PTR;
                if (!(optional && rest.isEmpty())) {
                    SpfMacros.requireDomainSpec(argument(rest));
                }
                yield new SpfTerm(kind, qualifier, rest.isEmpty() ? "" : argument(rest), 32, 128);
            }
        };
    }

    private static SpfTerm addresses(SpfTermType kind, char qualifier, String rest) throws InvalidSyntaxException {
        Matcher parts = PREFIXES.matcher(rest);
        if (!parts.matches()) {
            throw new InvalidSyntaxException("invalid prefix length");
        }
        int ipv4 = parts.group(2) == null ? 32 : Integer.parseInt(parts.group(2));
        int ipv6 = parts.group(3) == null ? 128 : Integer.parseInt(parts.group(3));
        if (ipv4 > 32 || ipv6 > 128) {
            throw new InvalidSyntaxException("invalid prefix length");
        }
        String domain = parts.group(1).isEmpty() ? "" : argument(parts.group(1));
        if (!parts.group(1).isEmpty()) {
            SpfMacros.requireDomainSpec(domain);
        }
        return new SpfTerm(kind, qualifier, domain, ipv4, ipv6);
    }

    private static String argument(String rest) throws InvalidSyntaxException {
        if (!rest.startsWith(":")) {
            throw new InvalidSyntaxException("expected a colon and a domain");
        }
        return rest.substring(1);
    }
}
