package io.github.camellva.examples.rig.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.load.Figures;

/**
 * Frames, counted at both ends.
 *
 * @param nodesKilled      the last that they told, at most half a second before
 * @param node             at its end
 * @param extensionsKilled the last that they told, at most half a second before
 * @param extension        at its end
 */
record FaultCounts(List<Figures> nodesKilled, Figures node, List<Figures> extensionsKilled, Figures extension) {

    long ofNodes(String figure) {
        return sum(nodesKilled, node, figure);
    }

    long ofExtensions(String figure) {
        return sum(extensionsKilled, extension, figure);
    }

    long processed() {
        return ofExtensions("processed." + Site.ROUTE);
    }

    /** What must not be, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (node.get("unanswered") != 0) {
            problems.add(node.get("unanswered") + " frames have no end");
        }
        if (ofNodes("wrong") > 0) {
            problems.add(ofNodes("wrong") + " answers are wrong");
        }
        if (ofNodes("repeated") + ofExtensions("repeated") > 0) {
            problems.add(ofNodes("repeated") + " frames ended twice, "
                         + ofExtensions("repeated") + " were in the route twice");
        }
        if (extension.get("inRoute") + extension.get("sessions") > 0) {
            problems.add(extension.get("inRoute") + " frames and " + extension.get("sessions") + " sessions are left");
        }
        if (extensionsKilled.isEmpty() && processed() < ofNodes("answered")) {
            problems.add(ofNodes("answered") + " answers to " + processed() + " frames");
        }
        if (nodesKilled.isEmpty() && processed() > node.get("sent")) {
            problems.add(processed() + " frames were processed, and " + node.get("sent") + " sent");
        }
        return problems;
    }

    private static long sum(List<Figures> killed, Figures last, String figure) {
        return Stream.concat(killed.stream(), Stream.of(last)).mapToLong(figures -> figures.get(figure)).sum();
    }
}
