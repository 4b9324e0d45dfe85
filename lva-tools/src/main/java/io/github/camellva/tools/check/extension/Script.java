package io.github.camellva.tools.check.extension;

/** What a node does in a case, and what it expects of the extension. */
@FunctionalInterface
interface Script {

    /**
     * @throws io.github.camellva.tools.check.RuleBroken    if the extension does not do what it has to
     * @throws io.github.camellva.tools.check.NotApplicable if that cannot be tried on it
     */
    void play(Extension extension) throws Exception;
}
