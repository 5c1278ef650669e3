package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure.Kind;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.TlsEndpoint.GroupAnswer;
import dev.websentry.engine.observe.TlsEndpoint.HandshakeFacts;
import dev.websentry.engine.observe.TlsEndpoint.Reach;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerFlight;
import dev.websentry.engine.syntax.tls.ServerReply;
import dev.websentry.engine.target.HttpProxy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Probes the TLS server at one address: protocol versions, cipher suites, certificates and handshake parameters. All
 * handshakes run concurrently; the accepted weak cipher suites are enumerated afterwards.
 */
public final class EndpointProbe {
    private final ProbeContext context;
    private final Optional<InetAddress> address;
    private final Hellos hellos;
    private final HelloClient client;
    private final IssuerProbe issuers;

    /**
     * Creates a probe for one address.
     *
     * @param context the state of the scan
     * @param address the address to connect to
     * @param issuers begins to download issuers as soon as most of the certificates are known
     */
    public EndpointProbe(ProbeContext context, InetAddress address, IssuerProbe issuers) {
        this(context, Optional.of(address), issuers);
    }

    private EndpointProbe(ProbeContext context, Optional<InetAddress> address, IssuerProbe issuers) {
        this.context = context;
        this.address = address;
        this.issuers = issuers;
        this.client = new HelloClient(context, address);
        this.hellos = new Hellos(context.target().host());
    }

    /**
     * Creates a probe for the server that the proxy connects to.
     *
     * @param context the state of the scan, in which the target has a proxy
     * @param issuers begins to download issuers as soon as most of the certificates are known
     * @return the probe
     */
    public static EndpointProbe throughProxy(ProbeContext context, IssuerProbe issuers) {
        return new EndpointProbe(context, Optional.empty(), issuers);
    }

    /** Probes the server. */
    public TlsEndpoint probe() {
        Tasks tasks = context.tasks();
        CompletableFuture<Exchange> https = tasks.start(this::fetch);
        SuiteProbe suites = new SuiteProbe(client, hellos, tasks);
        CompletableFuture<List<SuiteProbe.Offer>> offers = tasks.start(suites::offerGroups);
        Map<String, CompletableFuture<HelloAnswer>> special = special(tasks);
        VersionAnswers asked = new VersionAnswers(client, hellos, tasks);
        CompletableFuture<Void> early = tasks.start(() -> {
            List<HelloAnswer> first = special.values().stream().map(Tasks::join).toList();
            issuers.expect(new ServedChains().collect(first, Optional.empty()));
            return null;
        });

        List<GroupAnswer> groups = suites.narrow(Tasks.join(offers), asked::accepted);
        Map<ProtocolVersion, Observed<Boolean>> versions = asked.accepted();
        Map<ProtocolVersion, HelloAnswer> answers = asked.answers();
        List<HelloAnswer> all = new ArrayList<>(answers.values());
        special.values().forEach(answer -> all.add(Tasks.join(answer)));
        Tasks.join(early);
        Exchange answer = Tasks.join(https);
        return new TlsEndpoint(
                name(),
                reach(versions, answers.values().stream().toList(), answer),
                versions,
                groups,
                new ServedChains().collect(all, Optional.of(answer)),
                answer,
                facts(all));
    }

    /**
     * Starts the handshakes in addition to those for the versions: for certificates with other key types, the size of
     * the Diffie-Hellman group, and the hybrid key exchange group.
     */
    private Map<String, CompletableFuture<HelloAnswer>> special(Tasks tasks) {
        return Map.of(
                "ECDSA", tasks.start(() -> client.send(hellos.provenBy("ECDSA"))),
                "RSA", tasks.start(() -> client.send(hellos.provenBy("RSA"))),
                "ECDSA 1.3", tasks.start(() -> client.sendForCertificate(hellos.provenByUnder13("ECDSA"))),
                "RSA 1.3", tasks.start(() -> client.sendForCertificate(hellos.provenByUnder13("RSA"))),
                "DHE", tasks.start(() -> client.send(hellos.dhe())),
                "hybrid", tasks.start(() -> client.send(hellos.hybridGroup())));
    }

    private Exchange fetch() {
        Fetch fetch =
                Fetch.snippet(context.target().url("https", context.target().httpsPort()));
        return context.http().fetch(address.map(fetch::at).orElse(fetch));
    }

    private String name() {
        return address.map(InetAddress::getHostAddress)
                .orElseGet(() -> context.target().host().ascii() + " through "
                        + context.proxy().map(HttpProxy::toString).orElse("the proxy"));
    }

    private static Reach reach(
            Map<ProtocolVersion, Observed<Boolean>> versions, List<HelloAnswer> answers, Exchange https) {
        if (https.response().isPresent()
                || versions.values().stream().anyMatch(accepted -> accepted.isSeen() && accepted.value())) {
            return new Reach(Reach.Kind.TLS, "the server speaks TLS");
        }
        if (answers.stream().allMatch(answer -> answer instanceof HelloAnswer.Replied)) {
            return new Reach(Reach.Kind.NOT_TLS, notTlsDetail(answers));
        }
        for (HelloAnswer answer : answers) {
            if (answer instanceof HelloAnswer.Unanswered unanswered) {
                Kind kind = unanswered.failure().kind();
                boolean everywhere = answers.stream()
                        .allMatch(other -> other instanceof HelloAnswer.Unanswered same
                                && same.failure().kind() == kind);
                return new Reach(
                        everywhere ? reachOf(kind) : Reach.Kind.UNKNOWN,
                        unanswered.failure().detail());
            }
        }
        return new Reach(Reach.Kind.UNKNOWN, "no response");
    }

    private static Reach.Kind reachOf(Kind kind) {
        return switch (kind) {
            case REFUSED -> Reach.Kind.REFUSED;
            case CONNECT_TIMED_OUT -> Reach.Kind.SILENT;
            case NO_ROUTE -> Reach.Kind.NO_ROUTE;
            case BLOCKED_ADDRESS -> Reach.Kind.BLOCKED;
            default -> Reach.Kind.UNKNOWN;
        };
    }

    /** Describes what the server sent instead of a ServerHello. */
    private static String notTlsDetail(List<HelloAnswer> answers) {
        for (HelloAnswer answer : answers) {
            if (answer instanceof HelloAnswer.Replied replied && replied.reply() instanceof ServerReply.NotTls notTls) {
                return "the server does not speak TLS; it sent: " + notTls.beginning();
            }
        }
        HelloAnswer last = answers.get(answers.size() - 1);
        return last instanceof HelloAnswer.Replied replied && replied.reply() instanceof ServerReply.Refused refused
                ? "the server refused every ClientHello: " + refused.how()
                : "the server sent no ServerHello";
    }

    private static HandshakeFacts facts(List<HelloAnswer> answers) {
        Set<String> groups = new LinkedHashSet<>();
        Optional<String> protocol = Optional.empty();
        OptionalInt dhBits = OptionalInt.empty();
        boolean clientCertificate = false;
        for (ServerFlight flight : flights(answers)) {
            flight.hello().group().ifPresent(code -> groups.add(Hellos.groupName(code)));
            flight.group().ifPresent(code -> groups.add(Hellos.groupName(code)));
            protocol = protocol.or(() -> flight.hello().protocol());
            if (flight.dhBits().isPresent() && flight.dhBits().getAsInt() < dhBits.orElse(Integer.MAX_VALUE)) {
                dhBits = flight.dhBits();
            }
            clientCertificate |= flight.clientCertificateRequested();
        }
        return new HandshakeFacts(List.copyOf(groups), protocol, dhBits, clientCertificate);
    }

    /** Returns the server flights of all handshakes in which the server sent one. */
    static List<ServerFlight> flights(List<HelloAnswer> answers) {
        return answers.stream()
                .map(HelloAnswer::flight)
                .filter(Observed::isSeen)
                .flatMap(flight -> flight.value().stream())
                .toList();
    }
}
