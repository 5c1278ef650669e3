package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Mutates the tree of a DER structure, so that the lengths stay correct and the mutation reaches the innermost parser.
 * Octet strings that contain DER, as extensions do, are part of the tree.
 */
final class DerMutator {
    private static final int CONSTRUCTED = 0x20;
    private static final int[] TAGS = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x13, 0x16, 0x17, 0x18, 0x1C, 0x1E, 0x30, 0x31, 0x80, 0x81, 0x82,
        0x86, 0x87, 0x88, 0xA0, 0xA1, 0xA3, 0xA4, 0x00
    };
    private static final List<byte[]> CONTENTS = List.of(
            new byte[0],
            new byte[1],
            new byte[] {-1},
            new byte[] {(byte) 0x80},
            new byte[] {0x30, 0},
            new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1},
            new byte[] {7},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
            new byte[5],
            new byte[33],
            "999999999999Z".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            ".".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            "*.".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            "@".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    private final Random random;

    DerMutator(Random random) {
        this.random = random;
    }

    /** An element, with the elements inside it if it has any. */
    private static final class Node {
        private int tag;
        private byte[] content;
        private final List<Node> children = new ArrayList<>();

        Node(DerElement element) {
            tag = element.tag();
            content = element.content();
            boolean nested = (tag & CONSTRUCTED) != 0 || tag == DerElement.OCTET_STRING;
            if (nested && content.length > 1) {
                try {
                    element.children().forEach(child -> children.add(new Node(child)));
                } catch (IllegalArgumentException e) {
                    children.clear();
                }
            }
        }

        byte[] encoded() {
            ByteArrayOutputStream inner = new ByteArrayOutputStream();
            if (children.isEmpty()) {
                inner.writeBytes(content);
            }
            children.forEach(child -> inner.writeBytes(child.encoded()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(tag);
            if (inner.size() > 0x7f) {
                out.write(0x83);
                out.write(inner.size() >> 16);
                out.write(inner.size() >> 8);
            }
            out.write(inner.size());
            out.writeBytes(inner.toByteArray());
            return out.toByteArray();
        }

        void collect(List<Node> all) {
            all.add(this);
            children.forEach(child -> child.collect(all));
        }
    }

    /** Returns a copy of the structure with one to three mutations. */
    byte[] mutate(byte[] der) {
        Node root = new Node(DerElement.parseExactly(der));
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            List<Node> all = new ArrayList<>();
            root.collect(all);
            mutate(all.get(random.nextInt(all.size())));
        }
        return root.encoded();
    }

    private void mutate(Node node) {
        switch (random.nextInt(8)) {
            case 0 -> node.tag = TAGS[random.nextInt(TAGS.length)];
            case 1, 2 -> replace(node, CONTENTS.get(random.nextInt(CONTENTS.size())));
            case 3 -> replace(node, noise());
            case 4 -> {
                if (node.children.isEmpty()) {
                    flip(node);
                } else {
                    node.children.remove(random.nextInt(node.children.size()));
                }
            }
            case 5 -> {
                if (!node.children.isEmpty()) {
                    Node child = node.children.get(random.nextInt(node.children.size()));
                    node.children.addAll(Collections.nCopies(random.nextInt(20) == 0 ? 300 : 1, child));
                }
            }
            case 6 -> Collections.shuffle(node.children, random);
            default -> flip(node);
        }
    }

    private static void replace(Node node, byte[] content) {
        node.children.clear();
        node.content = content;
    }

    private void flip(Node node) {
        if (node.content.length > 0) {
            node.content = node.content.clone();
            node.content[random.nextInt(node.content.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }
}
