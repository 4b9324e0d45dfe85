package io.github.camellva.grpc.stream;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitedLogTest {

    private final AtomicLong now = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private Set<Level> enabled = EnumSet.allOf(Level.class);
    private final RateLimitedLog log = new RateLimitedLog(recording(), now::get);

    @Test
    void aPeerThatCausesManyLinesIsCutOffAndTheRestCounted() {
        for (int i = 0; i < 500; i++) {
            log.warn("refused {}", i);
        }
        assertThat(lines).hasSize(20);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        log.warn("refused {}", 500);
        assertThat(lines).hasSize(22);
        assertThat(lines.get(20)).contains("{} more lines").contains("480");
    }

    @Test
    void linesNowAndThenAreAllLogged() {
        for (int i = 0; i < 100; i++) {
            log.info("opened {}", i);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(lines).hasSize(100);
    }

    @Test
    void linesOfALevelThatIsOffLeaveRoomForOthers() {
        enabled = EnumSet.of(Level.WARN);
        for (int i = 0; i < 500; i++) {
            log.info("opened {}", i);
        }
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        log.warn("refused {}", 1);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("refused");
    }

    /** A logger that writes down the arguments of whatever is logged through it. */
    private Logger recording() {
        LoggingEventBuilder event = proxy(LoggingEventBuilder.class, null);
        return proxy(Logger.class, event);
    }

    private <T> T proxy(Class<T> type, Object forEvents) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, arguments) -> {
            if (method.getReturnType() == LoggingEventBuilder.class && method.getName().equals("atLevel")) {
                return forEvents;
            } else if (method.getName().equals("isEnabledForLevel")) {
                return enabled.contains((Level) arguments[0]);
            }
            lines.add(java.util.Arrays.deepToString(arguments));
            return null;
        }));
    }
}
