package io.github.camellva.tools.check.node;

import java.util.List;

import io.github.camellva.tools.check.NotApplicable;

/** How many samples a node sends without an acknowledgement. */
final class Credit {

    /** More than any node should have in flight. */
    static final int TOO_MANY = 256;

    private Credit() {
    }

    /**
     * Answers what the node may have held back while its session waited, and then acknowledges nothing until it sends no more.
     *
     * @throws NotApplicable if it never stops: then nothing can be told by its silence
     */
    static List<Sample> exhaust(Node node, Session session) {
        session.expectItGoesOn();
        List<Sample> inFlight = session.samplesUntilQuiet(TOO_MANY);
        if (inFlight.isEmpty()) {
            throw new NotApplicable("no sample came within " + node.times().quiet().toMillis() + " ms; a longer --quiet may help");
        }
        if (inFlight.size() == TOO_MANY) {
            throw new NotApplicable("it has no bound for samples in flight");
        }
        node.transcript().note(inFlight.size() + " samples in flight, and no more come");
        return inFlight;
    }
}
