package io.github.camellva.tools.check.node;

/** What an extension does in a case, and what it expects of the node. */
@FunctionalInterface
interface Script {

    /**
     * @throws io.github.camellva.tools.check.RuleBroken    if the node does not do what it has to
     * @throws io.github.camellva.tools.check.NotApplicable if that cannot be tried on it
     */
    void play(Node node) throws Exception;
}
