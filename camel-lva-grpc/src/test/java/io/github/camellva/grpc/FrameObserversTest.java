package io.github.camellva.grpc;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.sun.management.ThreadMXBean;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.SystemTime;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FrameObserversTest {

    private static final int CALLS = 100_000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(FrameObserversTest.class), new SystemTime(timer));
    private final CamelContext context = new DefaultCamelContext();
    private final FrameObservers observers = FrameObservers.of(context);

    /** Has no time for anybody. */
    private static final class Idle implements FrameObserver {

        @Override
        public boolean isInterested(String graphInstanceName) {
            return false;
        }

        @Override
        public void onAnswer(AnsweredFrame frame) {
            throw new AssertionError("it did not ask for frames");
        }
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aContextHasOneSetOfObservers() {
        assertThat(FrameObservers.of(context)).isSameAs(observers);
        assertThat(FrameObservers.of(new DefaultCamelContext())).isNotSameAs(observers);
    }

    @Test
    void aFrameThatNobodyWantsCostsNoMemory() {
        assertThat(allocated()).isZero();
        observers.add(new Idle());
        assertThat(allocated()).isZero();
    }

    @Test
    void somebodyIsInterestedFromTheCallThatAddsItToTheOneThatRemovesIt() {
        FrameObserver observer = frame -> {
        };
        observers.add(new Idle());
        observers.add(observer);
        observers.add(observer);
        assertThat(observers.areInterestedIn("gate", log)).isTrue();
        observers.remove(observer);
        assertThat(observers.areInterestedIn("gate", log)).isFalse();
    }

    private long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        // the first rounds load classes and compile
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < CALLS; i++) {
                observers.areInterestedIn("gate", log);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        // asking for the count itself may cost a little
        return least / CALLS;
    }
}
