package io.github.camellva.tools.check.extension;

import java.util.Optional;
import java.util.Set;

import io.github.camellva.tools.check.CaseInfo;

/** A case, and how it is tried. */
record ExtensionCase(CaseInfo info, Set<Need> needs, Script script) {

    /** The first of its needs that is not met. */
    Optional<Need> missing(Set<Need> met) {
        return needs.stream().filter(need -> !met.contains(need)).findFirst();
    }
}
