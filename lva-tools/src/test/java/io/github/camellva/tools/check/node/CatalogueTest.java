package io.github.camellva.tools.check.node;

import java.util.List;

import io.github.camellva.tools.check.Specification;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The cases of nodes as a whole. */
class CatalogueTest {

    private static final List<NodeCase> CASES = Catalogue.of(Specification.published());

    @Test
    void everyCaseHasAnIdOfItsOwnAndSaysWhatItExpects() {
        assertThat(CASES).hasSizeGreaterThan(80).extracting(each -> each.info().id()).doesNotHaveDuplicates();
        assertThat(CASES).allSatisfy(each -> assertThat(each.info().expected()).matches("[a-z].*[^.]"));
    }

    @Test
    void everyFaultIsOfARuleThatHasCases() {
        assertThat(NodeFault.values()).hasSizeGreaterThan(40).allSatisfy(fault -> assertThat(CASES)
                .as(fault.name()).anyMatch(each -> each.info().rule().id().equals(fault.rule())));
    }
}
