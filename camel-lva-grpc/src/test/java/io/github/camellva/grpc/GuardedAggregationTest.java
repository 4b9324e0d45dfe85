package io.github.camellva.grpc;

import java.util.stream.Stream;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GuardedAggregationTest {

    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final Exchange PART = new DefaultExchange(CONTEXT);

    /** All that Camel may call, each of which runs out of stack. */
    private static final class Overflowing extends ServiceSupport implements AggregationStrategy {

        @Override
        public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
            throw new StackOverflowError();
        }

        @Override
        public boolean canPreComplete() {
            return true;
        }

        @Override
        public boolean preComplete(Exchange oldExchange, Exchange newExchange) {
            throw new StackOverflowError();
        }

        @Override
        public void timeout(Exchange exchange, int index, int total, long timeout) {
            throw new StackOverflowError();
        }

        @Override
        public void onCompletion(Exchange exchange) {
            throw new StackOverflowError();
        }
    }

    private final Overflowing overflowing = new Overflowing();
    private final GuardedAggregation guarded = new GuardedAggregation(overflowing);

    static Stream<ThrowingCallable> calls() {
        AggregationStrategy guarded = new GuardedAggregation(new Overflowing());
        return Stream.of(
                () -> guarded.aggregate(null, PART), () -> guarded.aggregate(null, PART, PART), () -> guarded.preComplete(null, PART),
                () -> guarded.timeout(PART, 0, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anErrorIsThrownAsAnException(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RuntimeException.class).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void anExchangeFailsWhoseStrategyCannotEnd() {
        Exchange result = new DefaultExchange(CONTEXT);
        Exchange input = new DefaultExchange(CONTEXT);

        guarded.onCompletion(result, input);

        assertThat(result.getException()).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(input.getException()).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void anExchangeWithoutResultFailsTooWhenItsStrategyCannotEnd() {
        Exchange input = new DefaultExchange(CONTEXT);

        guarded.onCompletion(null, input);

        assertThat(input.getException()).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void aStrategyStartsAndStopsWithItsGuard() {
        guarded.start();
        assertThat(overflowing.isStarted()).isTrue();

        guarded.stop();
        assertThat(overflowing.isStopped()).isTrue();
    }

    @Test
    void aStrategyIsAskedWhetherItCompletesEarly() {
        assertThat(guarded.canPreComplete()).isTrue();
    }
}
