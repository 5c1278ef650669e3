package dev.websentry.engine.net.dns;

import dev.websentry.engine.syntax.dns.DnsRecordType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * Parses DNS messages. One record that dnsjava refuses does not cost the whole message: such a record gets a type for
 * private use (RFC 6895 section 3.1), so that its data stays readable. dnsjava refuses records that the standards
 * permit, such as CAA records with tags in upper case.
 */
final class DnsMessageParser {
    private static final int HEADER_LENGTH = 12;
    private static final int TYPE_LENGTH = 2;
    /** Type, class, TTL and the length of the data. */
    private static final int FIXED_LENGTH = 10;

    private static final int PRIVATE_USE = 0xff00;
    private static final int UNUSED = 0xfffe;
    /** Types whose data may contain compressed names (RFC 3597 section 4), so it cannot be parsed separately. */
    private static final Set<Integer> COMPRESSIBLE = Set.of(
            Type.NS, Type.CNAME, Type.SOA, Type.PTR, Type.MX, Type.DNAME, Type.SRV, Type.NAPTR, Type.RRSIG, Type.NSEC);

    private DnsMessageParser() {}

    /**
     * Parses a message.
     *
     * @throws IOException if the bytes are not a DNS message
     */
    static Message parse(byte[] wire) throws IOException {
        try {
            return new Message(wire);
        } catch (IOException | RuntimeException e) {
            // dnsjava's record parsers throw unchecked exceptions for some malformed records.
            return new Message(withoutRefusedTypes(wire));
        }
    }

    /** Returns the type that records of a type get if dnsjava refuses them. */
    static int refused(DnsRecordType type) {
        return PRIVATE_USE + type.ordinal();
    }

    private static byte[] withoutRefusedTypes(byte[] wire) throws WireParseException {
        if (wire.length < HEADER_LENGTH) {
            throw new WireParseException("the message has no header");
        }
        ByteBuffer message = ByteBuffer.wrap(wire.clone());
        int questions = Short.toUnsignedInt(message.getShort(4));
        int records = Short.toUnsignedInt(message.getShort(6))
                + Short.toUnsignedInt(message.getShort(8))
                + Short.toUnsignedInt(message.getShort(10));
        int position = HEADER_LENGTH;
        for (int i = 0; i < questions; i++) {
            position = skipName(wire, position) + 2 * TYPE_LENGTH;
        }
        for (int i = 0; i < records && position < wire.length; i++) {
            int fixed = skipName(wire, position);
            int data = fixed + FIXED_LENGTH;
            int end = data > wire.length ? data : data + Short.toUnsignedInt(message.getShort(data - 2));
            if (end > wire.length) {
                throw new WireParseException("the message ends within a record");
            }
            int type = Short.toUnsignedInt(message.getShort(fixed));
            int dclass = Short.toUnsignedInt(message.getShort(fixed + TYPE_LENGTH));
            if (!COMPRESSIBLE.contains(type) && isRefused(type, dclass, Arrays.copyOfRange(wire, data, end))) {
                message.putShort(fixed, (short) substitute(type));
            }
            position = end;
        }
        return message.array();
    }

    /** Returns the position after a name: a zero label or a pointer ends it (RFC 1035 section 4.1.4). */
    private static int skipName(byte[] wire, int start) throws WireParseException {
        int position = start;
        while (position < wire.length) {
            int length = Byte.toUnsignedInt(wire[position]);
            if (length == 0) {
                return position + 1;
            }
            if (length >= 0xc0) {
                return position + 2;
            }
            position += 1 + length;
        }
        throw new WireParseException("the message ends within a name");
    }

    private static boolean isRefused(int type, int dclass, byte[] data) {
        try {
            return Record.newRecord(Name.root, type, dclass, 0, data.length, data) == null;
        } catch (RuntimeException e) {
            return true;
        }
    }

    private static int substitute(int type) {
        return Arrays.stream(DnsRecordType.values())
                .filter(known -> Type.value(known.name()) == type)
                .mapToInt(DnsMessageParser::refused)
                .findFirst()
                .orElse(UNUSED);
    }
}
