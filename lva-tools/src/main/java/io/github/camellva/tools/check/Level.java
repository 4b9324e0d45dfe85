package io.github.camellva.tools.check;

/** How much a rule binds, as RFC 2119 has it. */
public enum Level {
    MUST,
    SHOULD,
    MAY
}
