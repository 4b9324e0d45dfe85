package io.github.camellva.tools.answers;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.camellva.tools.frames.Finding;

/** Counts, tag by tag, what two runs over the same frames have in common. For one thread. */
public final class Agreement {

    /** Tags are a peer's: beyond this many the rest is counted as one. */
    private static final int MAX_TAGS = 1000;
    private static final String OTHERS = "(others)";

    private final SortedMap<String, Tally> tags = new TreeMap<>();

    /** Of one tag. */
    public static final class Tally {

        private long same;
        private long moved;
        private long missed;
        private long added;

        /** Found both times at the same place. */
        public long same() {
            return same;
        }

        /** Found both times, at places that overlap less than asked for. */
        public long moved() {
            return moved;
        }

        /** Found before only. */
        public long missed() {
            return missed;
        }

        /** Found now only. */
        public long added() {
            return added;
        }

        /** 1 if all is the same, 0 if nothing is: twice what both have, over what each has. */
        public double agreement() {
            long all = 2 * same + 2 * moved + missed + added;
            return all == 0 ? 1 : 2.0 * same / all;
        }

        private void add(Tally other) {
            same += other.same;
            moved += other.moved;
            missed += other.missed;
            added += other.added;
        }
    }

    /** Adds a frame. */
    public void add(FrameDiff frame) {
        count(frame.same(), tally -> tally.same++);
        count(frame.moved(), tally -> tally.moved++);
        count(frame.missed(), tally -> tally.missed++);
        count(frame.added(), tally -> tally.added++);
    }

    /** By tag, in the order of their names. */
    public Map<String, Tally> tags() {
        return tags;
    }

    /** Of all tags together. */
    public Tally total() {
        Tally total = new Tally();
        tags.values().forEach(total::add);
        return total;
    }

    private void count(Iterable<Finding> findings, Consumer<Tally> counting) {
        for (Finding finding : findings) {
            String tag = tags.size() < MAX_TAGS || tags.containsKey(finding.tag()) ? finding.tag() : OTHERS;
            counting.accept(tags.computeIfAbsent(tag, name -> new Tally()));
        }
    }
}
