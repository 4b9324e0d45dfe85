package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class CpuTimeTest {

    private static final CpuTime NONE = new CpuTime(Map.of());

    /** If the threads of the compilers had another name, warm-ups would end before they are at rest. */
    @Test
    void whatCompilersUseIsToldFromTheRest() throws IOException {
        CpuTime now = now();
        assertThat(now.compilersSince(NONE)).isPositive().isLessThan(now.since(NONE));
    }

    @Test
    void aThreadThatHasEndedDoesNotMakeTheSumSmaller() throws Exception {
        CountDownLatch worked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            work(Duration.ofMillis(200));
            worked.countDown();
            await(end);
        });
        thread.start();
        await(worked);
        CpuTime earlier = now();
        end.countDown();
        thread.join();
        assertThat(now().since(earlier)).isPositive();
    }

    private static CpuTime now() throws IOException {
        return CpuTime.of(ProcessHandle.current().pid());
    }

    private static void work(Duration cpuTime) {
        var threads = ManagementFactory.getThreadMXBean();
        while (threads.getCurrentThreadCpuTime() < cpuTime.toNanos()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
