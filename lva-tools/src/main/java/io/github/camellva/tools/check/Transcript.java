package io.github.camellva.tools.check;

import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** What was said in a case, line by line. Bounded: of a long one, the begin and the end are kept. Safe for use by many threads. */
public final class Transcript {

    private static final int FIRST = 60;
    private static final int LAST = 20;

    private final long begun = System.nanoTime();
    @GuardedBy("this")
    private final List<Line> first = new ArrayList<>();
    @GuardedBy("this")
    private final List<Line> last = new ArrayList<>();
    @GuardedBy("this")
    private int left;

    /** Whose line it is. */
    public enum Speaker {
        /** This program. */
        KIT,
        /** The program that is checked. */
        PEER,
        /** Nobody: what this program has to say of it. */
        NOTE
    }

    /**
     * @param millis since the case began
     */
    public record Line(long millis, Speaker speaker, String text) {
    }

    public void sent(String text) {
        add(Speaker.KIT, text);
    }

    public void seen(String text) {
        add(Speaker.PEER, text);
    }

    public void note(String text) {
        add(Speaker.NOTE, text);
    }

    /** All lines that were kept, and one that says how many were not. */
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>(first);
        if (left > 0) {
            lines.add(new Line(last.get(0).millis(), Speaker.NOTE, left + " more lines"));
        }
        lines.addAll(last);
        return lines;
    }

    private synchronized void add(Speaker speaker, String text) {
        Line line = new Line((System.nanoTime() - begun) / 1_000_000, speaker, text);
        if (first.size() < FIRST) {
            first.add(line);
            return;
        }
        last.add(line);
        if (last.size() > LAST) {
            last.remove(0);
            left++;
        }
    }
}
