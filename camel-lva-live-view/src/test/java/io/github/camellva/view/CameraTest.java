package io.github.camellva.view;

import java.util.List;
import java.util.Optional;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.github.camellva.grpc.AnsweredFrame;
import io.github.camellva.grpc.AnsweredFrame.Direction;
import io.github.camellva.proto.GraphIdentifier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CameraTest {

    private final ByteLimit limit = new ByteLimit(1000);
    private final Camera camera = new Camera(key("gate", ""), limit, 10);

    @Test
    void anIdIsTheSameInEveryRunAndTellsCamerasApart() {
        assertThat(key("gate", "").id()).isEqualTo("c2aa279ed359").matches("[0-9a-f]{12}");
        assertThat(key("gate", "x").id()).isNotEqualTo(key("gatex", "").id());
    }

    @Test
    void aPipelineWithoutANameIsNamedAfterItsHost() {
        assertThat(CameraKey.of(frame("", "10.1.2.3:4711", null)).name()).isEqualTo("10.1.2.3");
        assertThat(CameraKey.of(frame("", "10.1.2.3:4712", null))).isEqualTo(CameraKey.of(frame("", "10.1.2.3:4711", null)));
        assertThat(CameraKey.of(frame("gate", "10.1.2.3:4711", null)).name()).isEqualTo("gate");
    }

    @Test
    void whatIsNotTakenInTimeMakesRoomForWhatIsNewer() {
        Snapshot first = snapshot(400);
        Snapshot second = snapshot(500);
        assertThat(limit.take(first.bytes())).isTrue();
        assertThat(camera.offer(first)).isTrue();
        assertThat(limit.take(second.bytes())).isTrue();
        assertThat(camera.offer(second)).isFalse();
        assertThat(limit.held()).isEqualTo(500);
        assertThat(camera.takeWaiting()).isSameAs(second);
        assertThat(camera.takeWaiting()).isNull();
    }

    @Test
    void nothingIsTakenBeyondTheLimit() {
        assertThat(limit.take(1000)).isTrue();
        assertThat(limit.take(1)).isFalse();
        limit.release(1);
        assertThat(limit.take(1)).isTrue();
    }

    @Test
    void onlyTheNewestFrameIsHeldAndNoneWhenNobodyWatches() {
        ShownFrame first = new ShownFrame(1, new byte[100], new byte[200]);
        ShownFrame second = new ShownFrame(2, new byte[100], new byte[300]);
        assertThat(limit.take(first.bytes())).isTrue();
        camera.show(first);
        assertThat(limit.take(second.bytes())).isTrue();
        camera.show(second);
        assertThat(limit.held()).isEqualTo(second.bytes());
        assertThat(camera.newsSince(1)).isSameAs(second);
        assertThat(camera.newsSince(2)).isNull();
        camera.show(null);
        assertThat(limit.held()).isZero();
    }

    @Test
    void aSnapshotKeepsNothingOfTheSendersMemory() {
        byte[] memory = { 1, 2, 3 };
        AnsweredFrame frame = frame("gate", "host:1", ByteBuffer.wrap(memory));
        Snapshot snapshot = Snapshot.of(frame, frame.picture());
        memory[0] = 9;
        assertThat(snapshot.picture()).containsExactly(1, 2, 3);
        assertThat(snapshot.frame().picture()).isNull();
    }

    private static Snapshot snapshot(int bytes) {
        return Snapshot.of(frame("gate", "host:1", null), ByteBuffer.allocate(bytes));
    }

    private static CameraKey key(String graph, String node) {
        return new CameraKey(Direction.RECEIVED, "0.0.0.0:5001", graph, node, "");
    }

    private static AnsweredFrame frame(String graph, String peer, ByteBuffer picture) {
        return new AnsweredFrame(
                Direction.RECEIVED, "0.0.0.0:5001", peer, GraphIdentifier.newBuilder().setGraphInstanceName(graph).build(),
                Optional.empty(), "embedded", 1, 2, 90_000, picture, List.of(), "answered", List.of(), Duration.ofMillis(3));
    }
}
