package io.github.camellva.grpc.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaSample;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteEntranceTest {

    private static final SessionDescription SESSION = new SessionDescription(
            "id", "127.0.0.1:1", GraphIdentifier.getDefaultInstance(), "", 90000, Optional.empty(), Map.of());

    private final List<Long> routed = new ArrayList<>();
    private final List<Runnable> threads = new ArrayList<>();

    @Test
    void framesGoInAsTheyWereAddedWhicheverThreadComesFirst() {
        RouteEntrance entrance = entrance(threads::add);
        for (long number = 1; number <= 3; number++) {
            add(entrance, number);
        }
        entrance.askForThreads();
        assertThat(threads).hasSize(3);
        for (int i = 2; i >= 0; i--) {
            threads.get(i).run();
        }
        assertThat(routed).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aThreadIsAskedForOnceForEachFrame() {
        RouteEntrance entrance = entrance(threads::add);
        add(entrance, 1);
        entrance.askForThreads();
        entrance.askForThreads();
        assertThat(threads).hasSize(1);
        add(entrance, 2);
        entrance.askForThreads();
        assertThat(threads).hasSize(2);
    }

    private RouteEntrance entrance(FrameExecutor pool) {
        return new RouteEntrance((frame, completion) -> routed.add(frame.sequenceNumber()), pool);
    }

    private static void add(RouteEntrance entrance, long number) {
        Frame frame = new Frame(SESSION, number, MediaSample.getDefaultInstance(), null, null);
        entrance.add(frame, new PendingSample(null, frame));
    }
}
