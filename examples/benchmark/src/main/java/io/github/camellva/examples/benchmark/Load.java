package io.github.camellva.examples.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What is sent to a server: one row of the table.
 *
 * @param sessions each on a connection of its own, as cameras have it
 * @param inFlight frames of each session that are sent and not answered, all the time
 */
record Load(Payload payload, Transfer transfer, int sessions, int inFlight) {

    /** All that are asked for; each once. */
    static List<Load> of(List<Payload> payloads, List<Transfer> transfers, List<Integer> sessions, List<Integer> inFlight) {
        List<Load> loads = new ArrayList<>();
        for (Payload payload : payloads) {
            for (Transfer transfer : transfers) {
                // there is nothing to share without content
                if (payload.bytes() > 0 || !transfer.isShared()) {
                    for (int count : sessions) {
                        inFlight.stream().map(frames -> Math.min(frames, payload.mostInFlight())).distinct()
                                .forEach(frames -> loads.add(new Load(payload, transfer, count, frames)));
                    }
                }
            }
        }
        return List.copyOf(loads);
    }

    /** As one word, for {@link #parse}. */
    String format() {
        return payload + "," + transfer + "," + sessions + "," + inFlight;
    }

    static Load parse(String word) {
        String[] parts = word.split(",");
        return new Load(
                Payload.valueOf(parts[0]), Transfer.valueOf(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }

    /** For people. */
    @Override
    public String toString() {
        String frames = payload.bytes() == 0
                ? "empty samples"
                : "%s %s (%,d bytes)".formatted(transfer.label(), payload.label(), payload.bytes());
        return frames + ", " + sessions + (sessions == 1 ? " session" : " sessions") + ", " + inFlight + " in flight";
    }
}
