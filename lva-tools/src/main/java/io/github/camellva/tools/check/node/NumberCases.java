package io.github.camellva.tools.check.node;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

import io.github.camellva.proto.MediaStreamMessage;

import static io.github.camellva.tools.check.node.Node.require;

/** Sequence numbers. */
final class NumberCases {

    private NumberCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("SN-1.1", "gives its descriptor the number 1", node -> {
            Session session = node.session();
            session.expectDescriptor();
            long number = session.messages().get(0).getSequenceNumber();
            require(number == 1, "the descriptor has number " + Long.toUnsignedString(number));
        });
        catalogue.add("SN-1.2", "numbers its messages 1, 2, 3, …", node -> {
            Session session = node.session().open();
            session.expectAnsweredSamples(20);
            requireFollowing(session);
        });
        catalogue.add("SN-1.3", "numbers them so, also when answers come late and out of order", node -> {
            Session session = node.session().open();
            for (int i = 0; i < 3; i++) {
                Sample first = session.expectSample();
                Sample second = session.expectSample();
                session.answer(second);
                session.answer(first);
            }
            requireFollowing(session);
        });
        addNumbersOfExtensions(catalogue);
        catalogue.add("SN-4.1", "does not take the acknowledgement 0 for one of a sample", node -> {
            Session session = node.session().open();
            List<Sample> inFlight = Credit.exhaust(node, session);
            for (int i = 0; i < 5; i++) {
                session.send(session.answerTo(inFlight.get(0)).setAckSequenceNumber(0));
            }
            requireNoMore(node, session);
        });
    }

    private static void addNumbersOfExtensions(Catalogue catalogue) {
        goesOn(catalogue, "SN-3.1", "goes on with an extension that gives all its messages the number 0", number -> 0);
        goesOn(catalogue, "SN-3.2", "goes on with one that repeats a number", number -> 7);
        goesOn(catalogue, "SN-3.3", "goes on with one that counts down", number -> 1_000 - number);
        goesOn(catalogue, "SN-3.4", "goes on with one whose numbers are as large as can be", number -> -number);
    }

    private static void goesOn(Catalogue catalogue, String id, String expected, LongUnaryOperator numbers) {
        catalogue.add(id, expected, node -> {
            Session session = node.session().open();
            for (int i = 1; i <= 10; i++) {
                Sample sample = session.expectSample();
                session.send(session.answerTo(sample).setSequenceNumber(numbers.applyAsLong(i)));
            }
            session.expectItGoesOn();
        });
    }

    static void requireNoMore(Node node, Session session) {
        int more = session.samplesUntilQuiet(3).size();
        require(more == 0, more + " samples came, and none of those before was acknowledged");
    }

    private static void requireFollowing(Session session) {
        List<Long> numbers = session.messages().stream().map(MediaStreamMessage::getSequenceNumber).toList();
        List<Long> expected = LongStream.rangeClosed(1, numbers.size()).boxed().toList();
        require(numbers.equals(expected), "the numbers are " + numbers);
    }
}
