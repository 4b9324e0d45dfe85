package io.github.camellva.examples.scaleout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class PendingAnswersTest {

    private final CamelContext context = new DefaultCamelContext();
    private final PendingAnswers answers = new PendingAnswers(Duration.ofSeconds(20));

    @Test
    void aFrameIsDoneWhenItsOwnAnswerComes() {
        Exchange first = frame(1);
        Exchange second = frame(2);
        CompletableFuture<Exchange> firstDone = await(answers, first);
        CompletableFuture<Exchange> secondDone = await(answers, second);
        answers.answer(answer(2, "two"));
        assertThat(secondDone).isCompletedWithValueMatching(done -> done.getMessage().getBody().equals("two"));
        assertThat(firstDone).isNotDone();
        answers.answer(answer(1, "one"));
        assertThat(firstDone).isCompletedWithValueMatching(done -> done.getMessage().getBody().equals("one"));
    }

    @Test
    void anAnswerMayBeFasterThanKafkasAcknowledgement() {
        Exchange frame = frame(1);
        answers.answer(answer(1, "found"));
        assertThat(await(answers, frame)).isCompletedWithValueMatching(done -> done.getMessage().getBody().equals("found"));
    }

    @Test
    void nothingFoundIsAnAnswer() {
        Exchange frame = frame(1);
        frame.getMessage().setBody("the picture");
        answers.answer(answer(1, null));
        assertThat(await(answers, frame)).isCompletedWithValueMatching(done -> done.getMessage().getBody() == null);
    }

    @Test
    void aFrameThatAWorkerRefusesFailsWithItsReason() {
        Exchange frame = frame(1);
        Exchange refusal = answer(1, null);
        refusal.getMessage().setHeader(FrameRecord.FAILURE, "no JPEG".getBytes(StandardCharsets.UTF_8));
        answers.answer(refusal);
        await(answers, frame);
        assertThat(frame.getException()).isInstanceOf(NoAnswerException.class).hasMessage("no JPEG");
    }

    @Test
    void aFrameWithoutAnswerFailsAndSaysWhatToDo() throws Exception {
        PendingAnswers impatient = new PendingAnswers(Duration.ofMillis(1));
        Exchange frame = frame(impatient, 1);
        await(impatient, frame).get(20, TimeUnit.SECONDS);
        assertThat(frame.getException()).isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("no worker has answered frame 5f0c-1").hasMessageContaining("enough workers");
    }

    @Test
    void answersThatNobodyWaitsForAreLetGo() {
        answers.answer(answer(1, "a repeat"));
        assertThat(answers.size()).isZero();
    }

    @Test
    void framesThatAreDoneHoweverAreNotHeldOnTo() {
        Exchange frame = frame(1);
        assertThat(answers.size()).isEqualTo(1);
        frame.getExchangeExtension().handoverCompletions().forEach(completion -> completion.onFailure(frame));
        assertThat(answers.size()).isZero();
    }

    private Exchange frame(long sequenceNumber) {
        return frame(answers, sequenceNumber);
    }

    private Exchange frame(PendingAnswers pending, long sequenceNumber) {
        Exchange frame = new DefaultExchange(context);
        frame.getMessage().setHeader(LvaGrpcConstants.SESSION_ID, "5f0c");
        frame.getMessage().setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, sequenceNumber);
        pending.expect(frame);
        return frame;
    }

    private Exchange answer(long sequenceNumber, String document) {
        Exchange answer = new DefaultExchange(context);
        answer.getMessage().setHeader(KafkaConstants.KEY, "5f0c-" + sequenceNumber);
        answer.getMessage().setBody(document);
        return answer;
    }

    private static CompletableFuture<Exchange> await(PendingAnswers pending, Exchange frame) {
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        pending.process(frame, doneSync -> done.complete(frame));
        return done;
    }
}
