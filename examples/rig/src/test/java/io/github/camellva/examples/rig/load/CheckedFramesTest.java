package io.github.camellva.examples.rig.load;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.camellva.proto.Inference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CheckedFramesTest {

    private static final long NUMBER = 7L << 40 | 3;

    @Test
    void theAnswerToAFrameIsRecognized() {
        ByteBuffer frame = ByteBuffer.wrap(CheckedFrames.make(NUMBER));
        assertThat(CheckedFrames.number(frame)).isEqualTo(NUMBER);
        assertThat(CheckedFrames.isAnswer(List.of(CheckedFrames.answer(frame)), NUMBER)).isTrue();
    }

    @Test
    void theAnswerToAnotherFrameOrToNoneIsWrong() {
        assertThat(CheckedFrames.isAnswer(List.of(answer(CheckedFrames.make(NUMBER + 1))), NUMBER)).isFalse();
        assertThat(CheckedFrames.isAnswer(List.of(), NUMBER)).isFalse();
    }

    @Test
    void theAnswerToAFrameOfWhichAByteIsNotItsOwnIsWrong() {
        byte[] frame = CheckedFrames.make(NUMBER);
        frame[frame.length - 1]++;
        assertThat(CheckedFrames.isAnswer(List.of(answer(frame)), NUMBER)).isFalse();
    }

    @Test
    void whatComesTwiceIsCounted() {
        Repeats repeats = new Repeats();
        for (long number = 1; number <= 1000; number++) {
            repeats.add(number);
        }
        assertThat(repeats.count()).isZero();
        repeats.add(1000);
        assertThat(repeats.count()).isEqualTo(1);
    }

    @Test
    void figuresAreReadAsTheyAreWritten() {
        Figures figures = Figures.parse("figures sent=12 answered=11").orElseThrow();
        assertThat(figures.get("sent")).isEqualTo(12);
        assertThat(figures.get("failed")).isZero();
        assertThat(Figures.parse(figures.line())).contains(figures);
        assertThat(Figures.parse("route listens")).isEmpty();
    }

    private static Inference answer(byte[] frame) {
        return CheckedFrames.answer(ByteBuffer.wrap(frame));
    }
}
