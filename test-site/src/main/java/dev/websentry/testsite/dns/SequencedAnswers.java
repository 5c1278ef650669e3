package dev.websentry.testsite.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Different answers to one question, returned in sequence. */
final class SequencedAnswers {
    private final List<List<Record>> answers;
    private int index;

    private SequencedAnswers(List<List<Record>> answers) {
        this.answers = List.copyOf(answers);
    }

    /**
     * Parses a sequence of answers.
     *
     * @param question type and name, without the final dot
     * @param answers data of the records of each answer, separated by spaces
     */
    static SequencedAnswers of(String question, String... answers) {
        String[] typeAndName = question.split(" ", 2);
        return new SequencedAnswers(Arrays.stream(answers)
                .map(answer -> records(typeAndName[0], typeAndName[1], answer))
                .toList());
    }

    /** Returns the answer that is next; the last one is repeated. */
    synchronized List<Record> current() {
        return answers.get(Math.min(index, answers.size() - 1));
    }

    /** Continues with the next answer. */
    synchronized void advance() {
        index++;
    }

    private static List<Record> records(String type, String name, String answer) {
        List<Record> records = new ArrayList<>();
        try {
            Name owner = Name.fromString(name + ".");
            for (String data : answer.isEmpty() ? new String[0] : answer.split(" ")) {
                records.add(Record.fromString(owner, Type.value(type), DClass.IN, 0, data, Name.root));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(records);
    }
}
