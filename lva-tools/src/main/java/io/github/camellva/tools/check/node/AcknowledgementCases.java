package io.github.camellva.tools.check.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import io.github.camellva.tools.check.RuleBroken;

import static io.github.camellva.tools.check.node.Node.require;

/** Acknowledgements: late, out of order, missing, doubled, and of what was never sent. */
final class AcknowledgementCases {

    private AcknowledgementCases() {
    }

    static void addTo(Catalogue catalogue) {
        addForms(catalogue);
        addOrders(catalogue);
        addWrongOnes(catalogue);
        addLateOnes(catalogue);
    }

    private static void addForms(Catalogue catalogue) {
        catalogue.add("AK-2.1", "takes acknowledgements that come alone", node -> {
            Session session = node.session().open();
            for (int i = 0; i < 10; i++) {
                session.acknowledge(session.expectSample().number());
            }
            session.expectItGoesOn();
        });
        catalogue.add("AK-2.2", "takes acknowledgements that come with a sample", node -> {
            Session session = node.session().open();
            session.expectAnsweredSamples(10);
            session.expectItGoesOn();
        });
    }

    private static void addOrders(Catalogue catalogue) {
        catalogue.add("AK-4.1", "takes the acknowledgements of two samples in reverse", node -> {
            Session session = node.session().open();
            for (int i = 0; i < 5; i++) {
                Sample first = session.expectSample();
                session.answer(session.expectSample());
                session.answer(first);
            }
            session.expectItGoesOn();
        });
        catalogue.add("AK-4.2", "takes the acknowledgements of all that is in flight in reverse", node -> {
            Session session = node.session().open();
            List<Sample> reversed = new ArrayList<>(Credit.exhaust(node, session));
            Collections.reverse(reversed);
            reversed.forEach(session::answer);
            require(session.samplesUntilQuiet(1).size() == 1, "no sample came after all were acknowledged");
        });
    }

    private static void addWrongOnes(Catalogue catalogue) {
        catalogue.add("AK-6.1", "ignores the acknowledgement of a number that it never sent", node -> expectIgnored(node, 1_000_000));
        catalogue.add("AK-6.2", "ignores the acknowledgement of the number that it sends next", node -> {
            Session session = node.session().open();
            List<Sample> inFlight = Credit.exhaust(node, session);
            session.acknowledge(inFlight.get(inFlight.size() - 1).number() + 1);
            NumberCases.requireNoMore(node, session);
            inFlight.forEach(session::answer);
            session.expectSample();
        });
        catalogue.add("AK-6.3", "ignores the second acknowledgement of a sample", node -> {
            Session session = node.session().open();
            List<Sample> inFlight = Credit.exhaust(node, session);
            session.answer(inFlight.get(0));
            session.answer(inFlight.get(0));
            session.answer(inFlight.get(0));
            int more = session.samplesUntilQuiet(4).size();
            require(more <= 1, more + " samples came for one that was acknowledged three times");
        });
        catalogue.add("AK-6.4", "ignores the acknowledgement of the largest number there is", node -> expectIgnored(node, -1));
        catalogue.add("AK-6.5", "ignores another acknowledgement of its descriptor", node -> expectIgnored(node, 1));
    }

    private static void addLateOnes(Catalogue catalogue) {
        catalogue.add("AK-7.1", "stops waiting for acknowledgements that do not come: it sends more, or begins anew", node -> {
            Session session = node.session().open();
            Credit.exhaust(node, session);
            session.samplesUntilQuiet(Credit.TOO_MANY);
            if (!session.hasEnded() && !session.receive(node.times().giveUp())) {
                throw new RuleBroken("nothing came for " + node.times().giveUp().toMillis() + " ms");
            }
        });
        catalogue.add("AK-7.2", "goes on when one acknowledgement in five is missing", node -> {
            Session session = node.session().open();
            for (int i = 0; i < 20; i++) {
                Sample sample = session.expectSampleWithin(node.times().giveUp());
                if (i % 5 != 4) {
                    session.answer(sample);
                }
            }
        });
        catalogue.add("AK-8.1", "sends a second sample before the first is acknowledged", node -> {
            Session session = node.session().open();
            session.expectSample();
            session.expectSampleWithin(node.times().quiet());
        });
        catalogue.add("AK-8.2", "works with an extension that answers a sample when the next one has come", node -> {
            Session session = node.session().open();
            Sample before = session.expectSample();
            for (int i = 0; i < 10; i++) {
                Sample next = session.expectSample();
                session.answer(before);
                before = next;
            }
        });
        catalogue.add("AK-8.3", "works with an extension that answers samples two by two", node -> {
            Session session = node.session().open();
            Deque<Sample> batch = new ArrayDeque<>();
            for (int i = 0; i < 10; i++) {
                batch.add(session.expectSample());
                if (batch.size() == 2) {
                    batch.forEach(session::answer);
                    batch.clear();
                }
            }
        });
    }

    /** It changes nothing: no sample comes for it, and those in flight are still waited for. */
    private static void expectIgnored(Node node, long number) throws InterruptedException {
        Session session = node.session().open();
        List<Sample> inFlight = Credit.exhaust(node, session);
        for (int i = 0; i < 3; i++) {
            session.acknowledge(number);
        }
        NumberCases.requireNoMore(node, session);
        inFlight.forEach(session::answer);
        session.expectItGoesOn();
    }
}
