package io.github.camellva.tools.check.extension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.CaseResult;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.Strictness;
import io.github.camellva.tools.check.Verdict;
import org.jspecify.annotations.Nullable;

/** Tries cases on one extension, one after the other: published ones serve one session at a time. */
final class ExtensionCheck {

    private final Target target;
    private final @Nullable Format format;
    private final Set<Need> met;
    private final Strictness strictness;
    private final Terminal terminal;
    private final Observations observations = new Observations();

    /**
     * @param format to use; null for one that the extension serves
     * @param met    by what the user said of the extension
     */
    ExtensionCheck(Target target, @Nullable Format format, Set<Need> met, Strictness strictness, Terminal terminal) {
        this.target = target;
        this.format = format;
        this.met = met;
        this.strictness = strictness;
        this.terminal = terminal;
    }

    Report run(List<ExtensionCase> cases) throws Exception {
        terminal.progress("finding out how it works");
        return run(cases, new Probe(target).profile(format));
    }

    Report run(List<ExtensionCase> cases, Profile profile) throws Exception {
        Instant begun = Instant.now();
        long nanos = System.nanoTime();
        try {
            List<CaseResult> results = new ArrayList<>();
            for (ExtensionCase each : cases) {
                terminal.progress("[" + (results.size() + 1) + "/" + cases.size() + "] " + each.info().id() + " "
                                  + each.info().expected());
                CaseResult result = result(each, profile);
                results.add(result);
                if (strictness.isEnoughSeen(result)) {
                    break;
                }
            }
            return new Report("The extension", target.peer().address(), begun, Duration.ofNanos(System.nanoTime() - nanos),
                    facts(profile), strictness, results);
        } finally {
            terminal.clear();
        }
    }

    private CaseResult result(ExtensionCase each, Profile profile) throws Exception {
        Set<Need> all = EnumSet.copyOf(met);
        if (profile.format().isRaw()) {
            all.add(Need.RAW);
        }
        Optional<Need> missing = each.missing(all);
        return missing.isPresent() ? CaseResult.skipped(each.info(), missing.get().missing()) : tried(each, profile);
    }

    private CaseResult tried(ExtensionCase each, Profile profile) throws Exception {
        long begun = System.nanoTime();
        Verdict verdict = Verdict.PASSED;
        String seen = "";
        try (Extension extension = new Extension(target, profile, observations)) {
            try {
                each.script().play(extension);
            } catch (RuleBroken e) {
                verdict = Verdict.FAILED;
                seen = e.getMessage();
            } catch (NotApplicable e) {
                verdict = Verdict.SKIPPED;
                seen = e.getMessage();
            }
            return new CaseResult(
                    each.info(), verdict, seen, Duration.ofNanos(System.nanoTime() - begun), extension.transcript().lines());
        }
    }

    private Map<String, String> facts(Profile profile) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("answers", profile.answers().toString());
        facts.put("format of this run", profile.format().toString());
        facts.put("serves", profile.served());
        facts.put("shared memory", target.memoryDirectory() == null ? "not tried" : target.memoryDirectory().toString());
        return facts;
    }
}
