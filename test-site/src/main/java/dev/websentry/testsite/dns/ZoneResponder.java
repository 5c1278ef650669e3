package dev.websentry.testsite.dns;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Creates DNS responses from zones, as a recursive resolver would. */
final class ZoneResponder {
    private static final int UDP_LIMIT = 1232;

    private final List<TestZone> zones;
    private boolean dnssecStripped;

    ZoneResponder(List<TestZone> zones) {
        this.zones = List.copyOf(zones);
    }

    /** Omits DNSSEC records from all further responses. */
    void stripDnssec() {
        dnssecStripped = true;
    }

    /** Returns a response with the given records, independent of the zones. */
    static byte[] respond(Message query, List<Record> records) {
        Message reply = empty(query);
        records.forEach(record -> reply.addRecord(record, Section.ANSWER));
        return reply.toWire();
    }

    private static Message empty(Message query) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply;
    }

    /**
     * Returns the response to a query.
     *
     * @param query the query
     * @param fault fault to simulate, or null
     * @param overTcp whether the query was received over TCP, which has no size limit
     */
    byte[] respond(Message query, @Nullable DnsFault fault, boolean overTcp) throws IOException {
        Message reply = empty(query);
        OPTRecord opt = query.getOPT();
        if (fault == DnsFault.GARBAGE) {
            byte[] wire = query.toWire();
            wire[2] |= (byte) 0x80;
            wire[5] = 9;
            return wire;
        }
        Integer rcode = failure(query, fault, opt);
        if (rcode != null) {
            reply.getHeader().setRcode(rcode);
        } else if (fault == DnsFault.LAME) {
            reply.addRecord(new NSRecord(Name.root, DClass.IN, 300, Name.fromString("ns.invalid.")), Section.AUTHORITY);
            reply.getHeader().unsetFlag(Flags.RA);
        } else {
            boolean signatures = opt != null && (opt.getFlags() & ExtendedFlags.DO) != 0 && !dnssecStripped;
            fill(reply, query.getQuestion().getName(), query.getQuestion().getType(), signatures);
        }
        if (opt != null && rcode == null) {
            reply.addRecord(new OPTRecord(UDP_LIMIT, 0, 0, opt.getFlags()), Section.ADDITIONAL);
        }
        byte[] wire = reply.toWire();
        if (!overTcp && (wire.length > UDP_LIMIT || fault == DnsFault.TRUNCATED)) {
            return truncated(query);
        }
        return wire;
    }

    /** Returns a response without records that tells the client to repeat the query over TCP. */
    static byte[] truncated(Message query) {
        Message cut = new Message(query.getHeader().getID());
        cut.getHeader().setFlag(Flags.QR);
        cut.getHeader().setFlag(Flags.TC);
        cut.addRecord(query.getQuestion(), Section.QUESTION);
        return cut.toWire();
    }

    /** Returns a response to a different question and a response with a different ID. A client must ignore both. */
    static List<byte[]> spoofedResponses(Message query) throws IOException {
        Name name = query.getQuestion().getName();
        Message otherQuestion = new Message(query.getHeader().getID());
        otherQuestion.getHeader().setFlag(Flags.QR);
        otherQuestion.addRecord(Record.newRecord(Name.fromString("spoofed.invalid."), Type.TXT, DClass.IN), 0);
        Message otherId = new Message(query.getHeader().getID() ^ 1);
        otherId.getHeader().setFlag(Flags.QR);
        otherId.addRecord(query.getQuestion(), Section.QUESTION);
        otherId.addRecord(new TXTRecord(name, DClass.IN, 300, "v=spf1 +all"), Section.ANSWER);
        return List.of(otherQuestion.toWire(), otherId.toWire());
    }

    private static @Nullable Integer failure(Message query, @Nullable DnsFault fault, @Nullable OPTRecord opt) {
        if (fault == DnsFault.NO_EDNS) {
            return opt == null ? null : Rcode.FORMERR;
        }
        if (fault == DnsFault.BOGUS) {
            return query.getHeader().getFlag(Flags.CD) ? null : Rcode.SERVFAIL;
        }
        return fault == DnsFault.SERVFAIL ? Integer.valueOf(Rcode.SERVFAIL) : refusal(fault);
    }

    private static @Nullable Integer refusal(@Nullable DnsFault fault) {
        return fault == DnsFault.REFUSED ? Rcode.REFUSED : null;
    }

    private void fill(Message reply, Name name, int type, boolean signatures) {
        Optional<TestZone> zone = zone(name, type);
        if (zone.isEmpty()) {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
            return;
        }
        List<Record> found = zone.get().records(name, type);
        if (found.isEmpty() && type != Type.CNAME) {
            List<Record> alias = zone.get().records(name, Type.CNAME);
            if (!alias.isEmpty()) {
                add(reply, Section.ANSWER, alias, zone.get(), signatures);
                fill(reply, ((CNAMERecord) alias.get(0)).getTarget(), type, signatures);
                return;
            }
        }
        if (!found.isEmpty()) {
            add(reply, Section.ANSWER, found, zone.get(), signatures);
            return;
        }
        add(reply, Section.AUTHORITY, List.of(zone.get().soa()), zone.get(), signatures);
        boolean denied = signatures && zone.get().isSigned();
        if (denied) {
            zone.get()
                    .denialRecords(name)
                    .forEach(denial -> add(reply, Section.AUTHORITY, List.of(denial), zone.get(), true));
        }
        // A compact NSEC denial states that the name exists but has no records (RFC 9824).
        if (!zone.get().matches(name) && (!denied || zone.get().usesNsec3())) {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
        }
    }

    private static void add(Message reply, int section, List<Record> set, TestZone zone, boolean signatures) {
        set.forEach(record -> reply.addRecord(record, section));
        if (signatures && zone.isSigned()) {
            reply.addRecord(zone.signature(set), section);
        }
    }

    /** Returns the most specific zone that contains a name; for DS, the parent zone. */
    private Optional<TestZone> zone(Name name, int type) {
        return zones.stream()
                .filter(zone -> name.subdomain(zone.origin()))
                .filter(zone -> type != Type.DS || !name.equals(zone.origin()) || name.equals(Name.root))
                .max(Comparator.comparingInt(zone -> zone.origin().labels()));
    }
}
