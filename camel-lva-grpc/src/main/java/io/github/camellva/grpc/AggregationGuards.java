package io.github.camellva.grpc;

import java.util.function.BiFunction;
import java.util.function.Consumer;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.model.AggregationStrategyAwareDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.processor.aggregate.AggregationStrategyBeanAdapter;
import org.apache.camel.processor.aggregate.AggregationStrategyBiFunctionAdapter;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.apache.camel.support.CamelContextHelper;
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
            guard(new Given(split.getAggregationStrategyBean(), split.getAggregationStrategy(),
                    split.getAggregationStrategyMethodName(), split.getAggregationStrategyMethodAllowNull()),
                    split::aggregationStrategy);
        } else if (step instanceof MulticastDefinition multicast) {
            guard(new Given(multicast.getAggregationStrategyBean(), multicast.getAggregationStrategy(),
                    multicast.getAggregationStrategyMethodName(), multicast.getAggregationStrategyMethodAllowNull()),
                    multicast::aggregationStrategy);
        } else if (step instanceof RecipientListDefinition<?> list) {
            guard(new Given(list.getAggregationStrategyBean(), list.getAggregationStrategy(),
                    list.getAggregationStrategyMethodName(), list.getAggregationStrategyMethodAllowNull()),
                    list::aggregationStrategy);
        } else if (step instanceof AggregationStrategyAwareDefinition<?> other) {
            guard(new Given(other.getAggregationStrategyBean(), other.getAggregationStrategyRef(),
                    other.getAggregationStrategyMethodName(), other.getAggregationStrategyMethodAllowNull()),
                    other::aggregationStrategy);
        }
    }

    private void guard(Given given, Consumer<AggregationStrategy> replacement) {
        AggregationStrategy strategy = given.strategy() == null ? strategy(given) : given.strategy();
        if (isUnguarded(strategy)) {
            replacement.accept(new GuardedAggregation(strategy));
        }
    }

    /** As Camel makes it of what is referred to; null when that is nothing, which Camel tells. */
    @SuppressWarnings("unchecked")
    private @Nullable AggregationStrategy strategy(Given given) {
        Object bean = given.reference() == null ? null : lookUp(given.reference());
        if (bean == null || bean instanceof AggregationStrategy) {
            return (AggregationStrategy) bean;
        }
        boolean allowsNull = Boolean.TRUE.equals(CamelContextHelper.parseBoolean(context, given.allowNull()));
        if (bean instanceof BiFunction) {
            var function = new AggregationStrategyBiFunctionAdapter((BiFunction<Exchange, Exchange, Object>) bean);
            function.setAllowNullOldExchange(allowsNull);
            function.setAllowNullNewExchange(allowsNull);
            return function;
        }
        var method = new AggregationStrategyBeanAdapter(bean, CamelContextHelper.parseText(context, given.method()));
        method.setAllowNullOldExchange(allowsNull);
        method.setAllowNullNewExchange(allowsNull);
        return method;
    }

    private @Nullable Object lookUp(String reference) {
        String name = context.resolvePropertyPlaceholders(reference);
        return EndpointHelper.isReferenceParameter(name)
                ? EndpointHelper.resolveReferenceParameter(context, name, Object.class, false)
                : context.getRegistry().lookupByName(name);
    }

    /** Camel knows a strategy of its own by its class. */
    private static boolean isUnguarded(@Nullable AggregationStrategy strategy) {
        return strategy != null && !(strategy instanceof GuardedAggregation)
               && !(strategy instanceof UseOriginalAggregationStrategy);
    }

    /** How a step names its strategy: itself, or a reference to it or to what Camel makes one of. */
    private record Given(
            @Nullable AggregationStrategy strategy, @Nullable String reference, @Nullable String method, @Nullable String allowNull) {
    }
}
