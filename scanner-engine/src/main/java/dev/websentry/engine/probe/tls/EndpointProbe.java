package dev.websentry.engine.probe.tls;

import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.CipherGroupResult;
import dev.websentry.engine.observation.TlsEndpoint.HandshakeProperties;
import dev.websentry.engine.observation.TlsEndpoint.Reachability;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.tls.HandshakeReply;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerFlight;
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
    private final ClientHelloTemplates hellos;
    private final HandshakeClient client;
    private final ChainContextProbe issuers;

    /**
     * Creates a probe for one address.
     *
     * @param context the state of the scan
     * @param address the address to connect to
     * @param issuers begins to download issuers as soon as most of the certificates are known
     */
    public EndpointProbe(ProbeContext context, InetAddress address, ChainContextProbe issuers) {
        this(context, Optional.of(address), issuers);
    }

    private EndpointProbe(ProbeContext context, Optional<InetAddress> address, ChainContextProbe issuers) {
        this.context = context;
        this.address = address;
        this.issuers = issuers;
        this.client = new HandshakeClient(context, address);
        this.hellos = new ClientHelloTemplates(context.target().host());
    }

    /**
     * Creates a probe for the server that the proxy connects to.
     *
     * @param context the state of the scan, in which the target has a proxy
     * @param issuers begins to download issuers as soon as most of the certificates are known
     * @return the probe
     */
    public static EndpointProbe throughProxy(ProbeContext context, ChainContextProbe issuers) {
        return new EndpointProbe(context, Optional.empty(), issuers);
    }

    /** Probes the server. */
    public TlsEndpoint probe() {
        TaskScope tasks = context.tasks();
        CompletableFuture<HttpExchange> https = tasks.start(this::fetch);
        CipherSuiteProbe suites = new CipherSuiteProbe(client, hellos, tasks);
        CompletableFuture<List<CipherSuiteProbe.GroupOffer>> offers = tasks.start(suites::offerGroups);
        Map<String, CompletableFuture<HandshakeOutcome>> special = special(tasks);
        ProtocolVersionResults asked = new ProtocolVersionResults(client, hellos, tasks);
        CompletableFuture<Void> early = tasks.start(() -> {
            List<HandshakeOutcome> first =
                    special.values().stream().map(TaskScope::join).toList();
            issuers.prefetch(new DistinctChains().collect(first, Optional.empty()));
            return null;
        });

        List<CipherGroupResult> groups = suites.enumerateWeakSuites(TaskScope.join(offers), asked::acceptedVersions);
        Map<ProtocolVersion, Observation<Boolean>> versions = asked.acceptedVersions();
        Map<ProtocolVersion, HandshakeOutcome> answers = asked.outcomes();
        List<HandshakeOutcome> all = new ArrayList<>(answers.values());
        special.values().forEach(answer -> all.add(TaskScope.join(answer)));
        TaskScope.join(early);
        HttpExchange answer = TaskScope.join(https);
        return new TlsEndpoint(
                name(),
                reach(versions, answers.values().stream().toList(), answer),
                versions,
                groups,
                new DistinctChains().collect(all, Optional.of(answer)),
                answer,
                facts(all));
    }

    /**
     * Starts the handshakes in addition to those for the versions: for certificates with other key types, the size of
     * the Diffie-Hellman group, and the hybrid key exchange group.
     */
    private Map<String, CompletableFuture<HandshakeOutcome>> special(TaskScope tasks) {
        return Map.of(
                "ECDSA", tasks.start(() -> client.send(hellos.forKeyAlgorithm("ECDSA"))),
                "RSA", tasks.start(() -> client.send(hellos.forKeyAlgorithm("RSA"))),
                "ECDSA 1.3", tasks.start(() -> client.sendForCertificate(hellos.forKeyAlgorithmTls13("ECDSA"))),
                "RSA 1.3", tasks.start(() -> client.sendForCertificate(hellos.forKeyAlgorithmTls13("RSA"))),
                "DHE", tasks.start(() -> client.send(hellos.dheOnly())),
                "hybrid", tasks.start(() -> client.send(hellos.hybridGroupOnly())));
    }

    private HttpExchange fetch() {
        FetchRequest fetch = FetchRequest.snippet(
                context.target().url("https", context.target().httpsPort()));
        return context.httpFetcher().fetch(address.map(fetch::pinnedTo).orElse(fetch));
    }

    private String name() {
        return address.map(InetAddress::getHostAddress)
                .orElseGet(() -> context.target().host().ascii() + " through "
                        + context.targetProxy().map(HttpProxy::toString).orElse("the proxy"));
    }

    private static Reachability reach(
            Map<ProtocolVersion, Observation<Boolean>> versions, List<HandshakeOutcome> answers, HttpExchange https) {
        if (https.response().isPresent()
                || versions.values().stream().anyMatch(accepted -> accepted.isSeen() && accepted.value())) {
            return new Reachability(Reachability.ReachabilityKind.TLS, "the server speaks TLS");
        }
        if (answers.stream().allMatch(answer -> answer instanceof HandshakeOutcome.ReplyReceived)) {
            return new Reachability(Reachability.ReachabilityKind.NOT_TLS, notTlsDetail(answers));
        }
        for (HandshakeOutcome answer : answers) {
            if (answer instanceof HandshakeOutcome.NoReply unanswered) {
                RequestFailureKind kind = unanswered.failure().kind();
                boolean everywhere = answers.stream()
                        .allMatch(other -> other instanceof HandshakeOutcome.NoReply same
                                && same.failure().kind() == kind);
                return new Reachability(
                        everywhere ? reachOf(kind) : Reachability.ReachabilityKind.UNKNOWN,
                        unanswered.failure().detail());
            }
        }
        return new Reachability(Reachability.ReachabilityKind.UNKNOWN, "no response");
    }

    private static Reachability.ReachabilityKind reachOf(RequestFailureKind kind) {
        return switch (kind) {
            case REFUSED -> Reachability.ReachabilityKind.REFUSED;
            case CONNECT_TIMED_OUT -> Reachability.ReachabilityKind.SILENT;
            case NO_ROUTE -> Reachability.ReachabilityKind.NO_ROUTE;
            case BLOCKED_ADDRESS -> Reachability.ReachabilityKind.BLOCKED;
            default -> Reachability.ReachabilityKind.UNKNOWN;
        };
    }

    /** Describes what the server sent instead of a ServerHello. */
    private static String notTlsDetail(List<HandshakeOutcome> answers) {
        for (HandshakeOutcome answer : answers) {
            if (answer instanceof HandshakeOutcome.ReplyReceived replied
                    && replied.reply() instanceof HandshakeReply.NotTlsReply notTls) {
                return "the server does not speak TLS; it sent: " + notTls.firstBytes();
            }
        }
        HandshakeOutcome last = answers.get(answers.size() - 1);
        return last instanceof HandshakeOutcome.ReplyReceived replied
                        && replied.reply() instanceof HandshakeReply.HandshakeRefused refused
                ? "the server refused every ClientHello: " + refused.reason()
                : "the server sent no ServerHello";
    }

    private static HandshakeProperties facts(List<HandshakeOutcome> answers) {
        Set<String> groups = new LinkedHashSet<>();
        Optional<String> protocol = Optional.empty();
        OptionalInt dhBits = OptionalInt.empty();
        boolean clientCertificate = false;
        for (ServerFlight flight : serverFlights(answers)) {
            flight.hello().group().ifPresent(code -> groups.add(ClientHelloTemplates.groupName(code)));
            flight.group().ifPresent(code -> groups.add(ClientHelloTemplates.groupName(code)));
            protocol = protocol.or(() -> flight.hello().alpnProtocol());
            if (flight.dhBits().isPresent() && flight.dhBits().getAsInt() < dhBits.orElse(Integer.MAX_VALUE)) {
                dhBits = flight.dhBits();
            }
            clientCertificate |= flight.clientCertificateRequested();
        }
        return new HandshakeProperties(List.copyOf(groups), protocol, dhBits, clientCertificate);
    }

    /** Returns the server flights of all handshakes in which the server sent one. */
    static List<ServerFlight> serverFlights(List<HandshakeOutcome> answers) {
        return answers.stream()
                .map(HandshakeOutcome::serverFlight)
                .filter(Observation::isSeen)
                .flatMap(flight -> flight.value().stream())
                .toList();
    }
}
