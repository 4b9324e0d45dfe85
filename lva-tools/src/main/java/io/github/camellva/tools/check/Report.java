package io.github.camellva.tools.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that was found out about one program.
 *
 * @param title   which party was checked
 * @param target  where it is, as the user named it
 * @param facts   how it works, as far as that is no question of right and wrong; by name, in words
 */
public record Report(
        String title, String target, Instant begun, Duration took, Map<String, String> facts, Strictness strictness,
        List<CaseResult> results) {

    /** How many cases of a level came to a verdict. */
    public long count(Level level, Verdict verdict) {
        return results.stream().filter(result -> result.info().level() == level && result.verdict() == verdict).count();
    }

    public long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** Whether a result counts against the program. */
    public boolean counts(CaseResult result) {
        return strictness.counts(result);
    }

    /** The ids of the rules that are broken and count, in the specification's order. */
    public List<String> broken() {
        return results.stream().filter(this::counts).map(result -> result.info().rule().id()).distinct().toList();
    }

    public boolean isNothingTried() {
        return count(Verdict.PASSED) + count(Verdict.FAILED) == 0;
    }

    public boolean conforms() {
        return broken().isEmpty();
    }

    /** The last word, in a line. */
    public String verdict() {
        if (isNothingTried()) {
            return "nothing was tried";
        }
        return conforms()
                ? "conforms: no rule that " + (strictness.strict() ? "MUST or SHOULD" : "MUST") + " be kept was seen broken"
                : "does not conform: breaks " + String.join(", ", broken());
    }
}
