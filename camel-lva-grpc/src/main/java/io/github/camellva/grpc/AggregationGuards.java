package io.github.camellva.grpc;

import java.util.Optional;
import java.util.function.Consumer;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.AggregationStrategyAwareDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/** Guards the aggregation strategies of routes that frames take. They are no steps, so that the {@link ErrorBarrier} cannot. */
final class AggregationGuards extends LifecycleStrategySupport {

    private final CamelContext context;

    AggregationGuards(CamelContext context) {
        this.context = context;
    }

    /** Before Camel makes processors of the definitions. */
    @Override
    public void onRouteContextCreate(Route route) {
        if (route.getRoute() instanceof RouteDefinition definition && ErrorBarrier.isFrameRoute(definition)) {
            ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), ProcessorDefinition.class)
                    .forEach(this::guard);
        }
    }

    private void guard(ProcessorDefinition<?> step) {
        if (step instanceof SplitDefinition split) {
            guard(split.getAggregationStrategyBean(), split.getAggregationStrategy(), split::aggregationStrategy);
        } else if (step instanceof MulticastDefinition multicast) {
            guard(multicast.getAggregationStrategyBean(), multicast.getAggregationStrategy(), multicast::aggregationStrategy);
        } else if (step instanceof RecipientListDefinition<?> list) {
            guard(list.getAggregationStrategyBean(), list.getAggregationStrategy(), list::aggregationStrategy);
        } else if (step instanceof AggregationStrategyAwareDefinition<?> other) {
            guard(other.getAggregationStrategyBean(), other.getAggregationStrategyRef(), other::aggregationStrategy);
        }
    }

    private void guard(
            @Nullable AggregationStrategy bean, @Nullable String reference, Consumer<AggregationStrategy> replacement) {
        Optional.<Object>ofNullable(bean).or(() -> Optional.ofNullable(reference).map(this::lookUp))
                .filter(AggregationGuards::isUnguarded)
                .ifPresent(strategy -> replacement.accept(new GuardedAggregation((AggregationStrategy) strategy)));
    }

    /** As Camel does it. */
    private @Nullable Object lookUp(String reference) {
        String name = context.resolvePropertyPlaceholders(reference);
        return EndpointHelper.isReferenceParameter(name)
                ? EndpointHelper.resolveReferenceParameter(context, name, Object.class, false)
                : context.getRegistry().lookupByName(name);
    }

    /** Camel itself makes strategies of other beans, and knows its own by its class. */
    private static boolean isUnguarded(Object bean) {
        return bean instanceof AggregationStrategy && !(bean instanceof GuardedAggregation)
               && !(bean instanceof UseOriginalAggregationStrategy);
    }
}
