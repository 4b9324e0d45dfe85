package io.github.camellva.tools.check.extension;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.camellva.tools.check.CaseInfo;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.Specification;

/** All cases, in the specification's order. */
final class Catalogue {

    private final Specification specification;
    private final List<ExtensionCase> cases = new ArrayList<>();

    private Catalogue(Specification specification) {
        this.specification = specification;
    }

    static List<ExtensionCase> of(Specification specification) {
        Catalogue catalogue = new Catalogue(specification);
        ConnectionCases.addTo(catalogue);
        HandshakeCases.addTo(catalogue);
        NumberCases.addTo(catalogue);
        AcknowledgementCases.addTo(catalogue);
        ContentCases.addTo(catalogue);
        FormatCases.addTo(catalogue);
        SharedMemoryCases.addTo(catalogue);
        InferenceCases.addTo(catalogue);
        SecurityCases.addTo(catalogue);
        EndCases.addTo(catalogue);
        LimitCases.addTo(catalogue);
        return List.copyOf(catalogue.cases);
    }

    void add(String id, String expected, Script script, Need... needs) {
        add(CaseInfo.of(specification, id, expected), script, needs);
    }

    /** A case that tries less of a rule than what it demands. */
    void add(String id, Level level, String expected, Script script, Need... needs) {
        add(CaseInfo.of(specification, id, expected).at(level), script, needs);
    }

    private void add(CaseInfo info, Script script, Need... needs) {
        cases.add(new ExtensionCase(info, needs.length == 0 ? Set.of() : EnumSet.copyOf(List.of(needs)), script));
    }
}
