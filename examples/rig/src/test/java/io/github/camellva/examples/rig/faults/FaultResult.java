package io.github.camellva.examples.rig.faults;

import java.util.List;
import java.util.Locale;

/**
 * What came of a fault.
 *
 * @param meanwhile frames that were answered during the fault
 * @param recovery  seconds from its end until frames of all cameras were answered again
 * @param text      counts, or what kept them from being
 * @param problems  empty if all is as it must be
 */
record FaultResult(Fault fault, String meanwhile, double recovery, String text, List<String> problems) {

    static final String HEAD = String.format("%-30s %10s %9s  %s", "fault", "meanwhile", "recovery", String.format(
            "%7s %8s %13s %6s %9s", "sent", "answered", "not processed", "failed", "processed"));

    static FaultResult of(Fault fault, long meanwhile, double recovery, FaultCounts counts) {
        String text = String.format("%7d %8d %13d %6d %9d", counts.ofNodes("sent"), counts.ofNodes("answered"),
                counts.ofNodes("notProcessed"), counts.ofNodes("failed"), counts.processed());
        return new FaultResult(fault, Long.toString(meanwhile), recovery, text, counts.problems());
    }

    /** Frames did not flow, or a process did not end. */
    static FaultResult failed(Fault fault, String problem) {
        return new FaultResult(fault, "", Double.NaN, "", List.of(problem));
    }

    String line() {
        return String.format(Locale.ROOT, "%-30s %10s %7.1f s  %s  %s", fault, meanwhile, recovery, text,
                problems.isEmpty() ? "ok" : String.join("; ", problems));
    }
}
