package io.github.camellva.tools.check.extension;

import java.util.List;

import io.github.camellva.tools.check.Specification;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The cases of extensions as a whole. */
class CatalogueTest {

    private static final List<ExtensionCase> CASES = Catalogue.of(Specification.published());

    @Test
    void everyCaseHasAnIdOfItsOwnAndSaysWhatItExpects() {
        assertThat(CASES).hasSizeGreaterThan(190).extracting(each -> each.info().id()).doesNotHaveDuplicates();
        assertThat(CASES).allSatisfy(each -> assertThat(each.info().expected()).matches("[a-z].*[^.]"));
    }

    @Test
    void everyFaultIsOfARuleThatHasCases() {
        assertThat(ExtensionFault.values()).hasSizeGreaterThan(40).allSatisfy(fault -> assertThat(CASES)
                .as(fault.name()).anyMatch(each -> each.info().rule().id().equals(fault.rule())));
    }
}
