package io.github.camellva.grpc;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.StringHelper;

/** Refuses unknown parameters of this component's Kamelets; Camel itself ignores them. */
final class KameletParameters extends LifecycleStrategySupport {

    private static final List<String> KAMELETS = List.of("lvagrpc-source", "lvagrpc-action");
    private static final String KAMELET_NAME = "templateId";
    /** What Camel adds, including options of its Kamelet component. */
    private static final Set<String> CAMELS_OWN = Set.of(
            KAMELET_NAME, "routeId", "parentRouteId", "parentProcessorId", "uuid", "location", "noErrorHandler", "bridgeErrorHandler",
            "exceptionHandler", "exchangePattern", "lazyStartProducer", "block", "timeout");

    private final CamelContext context;

    KameletParameters(CamelContext context) {
        this.context = context;
    }

    /** @throws IllegalArgumentException naming the unknown parameters and the known ones */
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            if (route.getRoute() instanceof RouteDefinition definition && definition.getTemplateParameters() != null) {
                requireKnown(definition.getTemplateParameters());
            }
        }
    }

    private void requireKnown(Map<String, Object> given) {
        String name = String.valueOf(given.get(KAMELET_NAME));
        if (!KAMELETS.contains(name)) {
            return;
        }
        RouteTemplateDefinition kamelet
                = context.getCamelContextExtension().getContextPlugin(Model.class).getRouteTemplateDefinition(name);
        Set<String> known = new TreeSet<>(
                kamelet.getTemplateParameters().stream().map(RouteTemplateParameterDefinition::getName).toList());
        Set<String> accepted = Stream.concat(known.stream(), CAMELS_OWN.stream()).map(KameletParameters::spelledOneWay)
                .collect(Collectors.toSet());
        Set<String> unknown = given.keySet().stream().filter(parameter -> !accepted.contains(spelledOneWay(parameter)))
                .map(StringHelper::dashToCamelCase).collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("kamelet:" + name + " has no parameter " + String.join(", ", unknown) + "; it has "
                                               + String.join(", ", known));
        }
    }

    /** Camel also keeps each parameter with dashes; those from the environment are in capitals. */
    private static String spelledOneWay(String parameter) {
        return parameter.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
