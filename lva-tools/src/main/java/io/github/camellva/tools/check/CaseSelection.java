package io.github.camellva.tools.check;

import java.util.List;

import picocli.CommandLine.Option;

/** Which cases are tried. */
public final class CaseSelection {

    @Option(names = "--only", paramLabel = "ID", split = ",",
            description = "Try only these rules or cases, for instance HS, SM-6, AK-1.2; several with commas.")
    private List<String> only = List.of();

    @Option(names = "--skip", paramLabel = "ID", split = ",", description = "Leave these out.")
    private List<String> skip = List.of();

    @Option(names = "--list", description = "Try nothing; list the cases, their levels and what they expect.")
    private boolean list;

    public boolean isListWanted() {
        return list;
    }

    public boolean includes(CaseInfo info) {
        return (only.isEmpty() || only.stream().anyMatch(id -> names(id, info))) && skip.stream().noneMatch(id -> names(id, info));
    }

    /** A case by its own id, that of its rule, or the two letters of the rule. */
    private static boolean names(String id, CaseInfo info) {
        String rule = info.rule().id();
        return id.equalsIgnoreCase(info.id()) || id.equalsIgnoreCase(rule)
                || id.equalsIgnoreCase(rule.substring(0, rule.indexOf('-')));
    }
}
