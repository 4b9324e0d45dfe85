package io.github.camellva.tools.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import io.github.camellva.tools.recording.Entry;
import io.github.camellva.tools.recording.RecordTarget;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** What becomes of messages that cannot be taken, and of those behind them. */
class MessageAssemblerTest {

    private static final int LARGE = 100_000;

    private final Recorder recorder = new Recorder(new Nothing(), 1 << 20, () -> 7);
    private final List<String> received = new ArrayList<>();

    @Test
    void anErrorCostsOneMessageAndNotThoseBehindIt() {
        MessageAssembler assembler = new MessageAssembler(recorder, LARGE, (payload, compressed) -> {
            if (payload.bytes().toStringUtf8().equals("second")) {
                throw new OutOfMemoryError("as if");
            }
            receive(payload);
        });
        ByteBuf chunk = Unpooled.buffer();
        message(chunk, "first");
        message(chunk, "second");
        message(chunk, "third");
        assembler.read(chunk, 0, chunk.readableBytes());

        assertThat(received).containsExactly("first", "third");
        assertThat(recorder.leftOut()).isEqualTo(1);
    }

    @Test
    void aMessageThatIsTooLargeOrHasNoRoomIsPassedOver() {
        MessageAssembler assembler = new MessageAssembler(recorder, LARGE, (payload, compressed) -> receive(payload));
        ByteBuf chunk = Unpooled.buffer();
        message(chunk, "x".repeat(LARGE + 1));
        message(chunk, "second");
        message(chunk, "y".repeat(LARGE));
        message(chunk, "fourth");
        assertThat(recorder.takeRoom(1 << 20)).isTrue();
        assembler.read(chunk, 0, chunk.readableBytes());

        assertThat(received).containsExactly("second", "fourth");
        assertThat(recorder.leftOut()).isEqualTo(2);
        assertThat(chunk.refCnt()).isEqualTo(1);
    }

    @Test
    void messagesAreTheSameHoweverTheyAreCutAndNothingIsKept() {
        ByteBuf chunk = Unpooled.buffer();
        message(chunk, "a");
        message(chunk, "");
        message(chunk, "z".repeat(LARGE));
        for (int size : new int[] { 1, 2, 3, 7, 1000, chunk.readableBytes() }) {
            received.clear();
            MessageAssembler assembler = new MessageAssembler(recorder, LARGE, (payload, compressed) -> receive(payload));
            for (int at = 0; at < chunk.readableBytes(); at += size) {
                assembler.read(chunk, at, Math.min(size, chunk.readableBytes() - at));
            }
            assertThat(received).as("cut into %d", size).containsExactly("a", "", "z".repeat(LARGE));
            assertThat(recorder.waitingBytes()).isZero();
            assertThat(chunk.refCnt()).isEqualTo(1);
        }
    }

    private void receive(Payload payload) {
        received.add(payload.bytes().toStringUtf8());
        payload.release();
    }

    private static void message(ByteBuf chunk, String text) {
        byte[] bytes = ByteString.copyFromUtf8(text).toByteArray();
        chunk.writeByte(0).writeInt(bytes.length).writeBytes(bytes);
    }

    private static final class Nothing implements RecordTarget {

        @Override
        public void write(Entry entry) {
            // nobody offers one
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
