package io.github.camellva.tools.check.node;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.tools.check.CaseInfo;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.Specification;

/** All cases, in the specification's order. */
final class Catalogue {

    private final Specification specification;
    private final List<NodeCase> cases = new ArrayList<>();

    private Catalogue(Specification specification) {
        this.specification = specification;
    }

    static List<NodeCase> of(Specification specification) {
        Catalogue catalogue = new Catalogue(specification);
        HandshakeCases.addTo(catalogue);
        NumberCases.addTo(catalogue);
        AcknowledgementCases.addTo(catalogue);
        CreditCases.addTo(catalogue);
        ContentCases.addTo(catalogue);
        SharedMemoryCases.addTo(catalogue);
        AnswerCases.addTo(catalogue);
        EndCases.addTo(catalogue);
        return List.copyOf(catalogue.cases);
    }

    void add(String id, String expected, Script script) {
        cases.add(new NodeCase(CaseInfo.of(specification, id, expected), script));
    }

    /** A case that tries less of a rule than what it demands. */
    void add(String id, Level level, String expected, Script script) {
        cases.add(new NodeCase(CaseInfo.of(specification, id, expected).at(level), script));
    }
}
