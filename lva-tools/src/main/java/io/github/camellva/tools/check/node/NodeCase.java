package io.github.camellva.tools.check.node;

import io.github.camellva.tools.check.CaseInfo;

/** A case, and how it is tried. */
record NodeCase(CaseInfo info, Script script) {
}
