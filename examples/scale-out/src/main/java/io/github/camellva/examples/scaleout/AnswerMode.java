package io.github.camellva.examples.scaleout;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.UsageException;

/** What a gateway waits for before it answers a node. */
enum AnswerMode {

    /** What a worker found in the frame: the node gets it. */
    RESULT("result"),
    /** Kafka has stored the frame: the node gets an acknowledgement alone, and what is found goes to the topic of results. */
    AT_ONCE("at-once");

    private final String label;

    AnswerMode(String label) {
        this.label = label;
    }

    static AnswerMode of(Options options) throws UsageException {
        return options.choice("answer", RESULT.label, RESULT.label, AT_ONCE.label).equals(RESULT.label) ? RESULT : AT_ONCE;
    }

    /** As the user writes it. */
    String label() {
        return label;
    }
}
