package io.github.camellva.examples.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What is sent and who is measured: one table.
 *
 * @param sessions each on a connection of its own, like cameras
 * @param inFlight frames of each session that are sent and not answered, all the time
 */
record Load(Side side, Payload payload, Transfer transfer, int sessions, int inFlight) {

    /** All that were asked for and make sense, each once. */
    static List<Load> of(
            List<Side> sides, List<Payload> payloads, List<Transfer> transfers, List<Integer> sessions,
            List<Integer> inFlight) {
        List<Load> loads = new ArrayList<>();
        for (Side side : sides) {
            for (Payload payload : payloads) {
                for (Transfer transfer : transfers) {
                    for (int count : sessions) {
                        inFlight.stream().map(frames -> new Load(side, payload, transfer, count, payload.allowed(frames)))
                                .filter(Load::makesSense).forEach(loads::add);
                    }
                }
            }
        }
        return loads.stream().distinct().toList();
    }

    boolean makesSense() {
        return transfer.measures(side) && (payload.bytes() > 0 || !transfer.isShared());
    }

    /** As one word, for {@link #parse}. */
    String format() {
        return side.name() + "," + payload.name() + "," + transfer.name() + "," + sessions + "," + inFlight;
    }

    static Load parse(String word) {
        String[] parts = word.split(",");
        return new Load(
                Side.valueOf(parts[0]), Payload.valueOf(parts[1]), Transfer.valueOf(parts[2]), Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }

    /** The frames, for people. */
    String frames() {
        return payload.bytes() == 0 ? payload.toString() : transfer + " " + payload;
    }

    /** For people. */
    @Override
    public String toString() {
        return "%s: %s (%,d bytes), %d %s, %d in flight".formatted(
                side, frames(), payload.bytes(), sessions, sessions == 1 ? "session" : "sessions", inFlight);
    }
}
