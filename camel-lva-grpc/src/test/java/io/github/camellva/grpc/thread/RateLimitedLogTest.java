package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitedLogTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> lines = new ArrayList<>();
    private final Set<Level> enabled = EnumSet.allOf(Level.class);
    private final RateLimitedLog log = new RateLimitedLog(RecordingLogger.into(lines, enabled), time);

    @Test
    void aPeerThatCausesManyLinesIsCutOffAndTheRestCounted() {
        for (int i = 0; i < 500; i++) {
            log.warn("refused {}", i);
        }
        assertThat(lines).hasSize(20);
        time.advance(Duration.ofSeconds(10));
        log.warn("refused {}", 500);
        assertThat(lines).hasSize(22);
        assertThat(lines.get(20)).isEqualTo("480 more lines of this kind were dropped");
    }

    @Test
    void linesNowAndThenAreAllLogged() {
        for (int i = 0; i < 100; i++) {
            log.info("opened {}", i);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(lines).hasSize(100);
    }

    @Test
    void linesOfALevelThatIsOffLeaveRoomForOthers() {
        enabled.retainAll(EnumSet.of(Level.WARN));
        for (int i = 0; i < 500; i++) {
            log.info("opened {}", i);
        }
        time.advance(Duration.ofSeconds(10));
        log.warn("refused {}", 1);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("refused");
    }
}
