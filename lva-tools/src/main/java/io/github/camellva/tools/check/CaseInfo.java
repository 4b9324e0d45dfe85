package io.github.camellva.tools.check;

/**
 * One thing to try.
 *
 * @param id       the rule's, a full stop, and a number that stays
 * @param level    the rule's own, unless the case tries less of it
 * @param expected what a program does that keeps the rule: a sentence without its subject
 */
public record CaseInfo(String id, Rule rule, Level level, String expected) {

    /** A case that tries all that its rule demands. */
    public static CaseInfo of(Specification specification, String id, String expected) {
        Rule rule = specification.ruleOf(id);
        return new CaseInfo(id, rule, rule.level(), expected);
    }

    /** The same, binding less. */
    public CaseInfo at(Level less) {
        return new CaseInfo(id, rule, less, expected);
    }
}
