package io.github.camellva.grpc;

import java.util.function.Supplier;

import io.github.camellva.grpc.stream.Failures;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Throws what its strategy throws as an exception that can be described, and lets the exchange fail when the strategy cannot end.
 * Camel calls strategies between steps, catches exceptions only, and would never complete the exchange.
 */
final class GuardedAggregation extends ServiceSupport implements AggregationStrategy, CamelContextAware {

    private final AggregationStrategy strategy;
    private @Nullable CamelContext context;

    GuardedAggregation(AggregationStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
        return guarded(() -> strategy.aggregate(oldExchange, newExchange));
    }

    @Override
    public Exchange aggregate(Exchange oldExchange, Exchange newExchange, Exchange inputExchange) {
        return guarded(() -> strategy.aggregate(oldExchange, newExchange, inputExchange));
    }

    @Override
    public boolean canPreComplete() {
        return strategy.canPreComplete();
    }

    @Override
    public boolean preComplete(Exchange oldExchange, Exchange newExchange) {
        return guarded(() -> strategy.preComplete(oldExchange, newExchange));
    }

    @Override
    public void timeout(Exchange exchange, int index, int total, long timeout) {
        guarded(() -> {
            strategy.timeout(exchange, index, total, timeout);
            return null;
        });
    }

    @Override
    public void onOptimisticLockFailure(Exchange oldExchange, Exchange newExchange) {
        strategy.onOptimisticLockFailure(oldExchange, newExchange);
    }

    @Override
    public void onCompletion(@Nullable Exchange exchange) {
        try {
            strategy.onCompletion(exchange);
        } catch (Throwable e) {
            fail(exchange, e);
        }
    }

    @Override
    public void onCompletion(@Nullable Exchange exchange, Exchange inputExchange) {
        try {
            strategy.onCompletion(exchange, inputExchange);
        } catch (Throwable e) {
            // Camel copies the result over the input, if there is one
            fail(exchange, e);
            fail(inputExchange, e);
        }
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        CamelContextAware.trySetCamelContext(strategy, context);
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(strategy);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(strategy);
    }

    private static <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (Throwable e) {
            throw RuntimeCamelException.wrapRuntimeException(Failures.describable(e));
        }
    }

    private static void fail(@Nullable Exchange exchange, Throwable failure) {
        if (exchange != null) {
            exchange.setException(Failures.describable(failure));
        }
    }
}
