package io.github.camellva.tools.check;

import java.time.Duration;
import java.util.List;

/**
 * What became of one case.
 *
 * @param seen  what the program did in place of what was expected, or why the case was skipped; empty if it passed
 * @param lines what was sent and seen
 */
public record CaseResult(CaseInfo info, Verdict verdict, String seen, Duration took, List<Transcript.Line> lines) {

    public static CaseResult skipped(CaseInfo info, String why) {
        return new CaseResult(info, Verdict.SKIPPED, why, Duration.ZERO, List.of());
    }

    /** Whether a rule of that level was seen broken. */
    public boolean isBroken(Level level) {
        return verdict == Verdict.FAILED && info.level() == level;
    }
}
