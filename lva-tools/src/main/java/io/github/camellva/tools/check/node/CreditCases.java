package io.github.camellva.tools.check.node;

import java.util.List;

import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.Level;

import static io.github.camellva.tools.check.node.Node.require;

/** How much a node sends, and when. */
final class CreditCases {

    private CreditCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("CR-1.1", "bounds the samples that it has in flight: fewer than " + Credit.TOO_MANY, node -> {
            Session session = node.session().open();
            int inFlight = session.samplesUntilQuiet(Credit.TOO_MANY).size();
            node.transcript().note(inFlight + " samples in flight");
            require(inFlight < Credit.TOO_MANY, inFlight + " samples came without an acknowledgement");
        });
        catalogue.add("CR-1.2", "sends again when samples are acknowledged", node -> {
            Session session = node.session().open();
            Credit.exhaust(node, session).forEach(session::answer);
            session.expectSample();
        });
        catalogue.add("CR-1.3", Level.SHOULD, "keeps the bound when an acknowledgement frees a place", node -> {
            Session session = node.session().open();
            List<Sample> inFlight = Credit.exhaust(node, session);
            session.answer(inFlight.get(0));
            int more = session.samplesUntilQuiet(3).size();
            require(more <= 1, more + " samples came for one that was acknowledged");
        });
        catalogue.add("CR-2.1", Level.MUST, "loses no number when the extension reads slowly", node -> {
            Session session = node.session().open();
            for (int i = 0; i < 5; i++) {
                session.pause(node.times().quiet().dividedBy(5));
                session.answer(session.expectSample());
            }
            long last = 0;
            for (MediaStreamMessage message : session.messages()) {
                require(message.getSequenceNumber() == last + 1, message.getSequenceNumber() + " came after " + last);
                last = message.getSequenceNumber();
            }
        });
    }
}
