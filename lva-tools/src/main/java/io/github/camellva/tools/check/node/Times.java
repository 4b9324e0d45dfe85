package io.github.camellva.tools.check.node;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param patience how long the node may take for its next session or sample
 * @param quiet    after so much silence it is taken to have sent all that it will
 * @param giveUp   how long it may wait for what never comes
 */
record Times(Duration patience, Duration quiet, Duration giveUp) {

    /** How long a session may have waited for its turn: its node waits, too. */
    Duration oldest() {
        return quiet.multipliedBy(3);
    }
}
