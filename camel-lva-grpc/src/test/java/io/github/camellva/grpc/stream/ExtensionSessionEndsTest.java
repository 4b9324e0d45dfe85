package io.github.camellva.grpc.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;

import io.github.camellva.grpc.Messages;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

/** Ends, pauses and breakdowns of a session, at moments when little of it is there. */
class ExtensionSessionEndsTest {

    private final SessionFixture fixture = new SessionFixture();
    private final FakeExtensionCall call = fixture.call;
    private final FakeRoute route = fixture.route;

    @TempDir
    Path directory;

    @Test
    void aNodeThatFinishesWithoutADescriptorIsLetGo() {
        fixture.session().onHalfClose();
        assertThat(call.closed.isOk()).isTrue();
        assertThat(fixture.timesClosed).isEqualTo(1);
    }

    @Test
    void aNodeThatIsGoneBeforeItsDescriptorLeavesNoTimerBehind() {
        fixture.session().onCallEnded();
        assertThat(fixture.timesClosed).isEqualTo(1);
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void aHandshakeThatNoThreadIsFreeForEndsTheSession() {
        route.onExecute = () -> {
            throw new RejectedExecutionException();
        };
        fixture.opened();
        assertThat(call.closed.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call.closed.getDescription()).contains("no thread free", "try again later");
        assertThat(fixture.timesClosed).isEqualTo(1);
    }

    @Test
    void aSessionThatBreaksGivesUpTheFrameThatWaits() {
        fixture.maxInFlight = 1;
        fixture.overflow = Overflow.SKIP;
        fixture.opened().sendFrames(2);
        call.onRequest = () -> {
            throw new IllegalStateException("broken");
        };
        fixture.sendFrames(1);
        assertThat(call.closed.getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(fixture.timesClosed).isEqualTo(1);
        assertThat(fixture.log).last().asString()
                .endsWith(" ended with INTERNAL: the extension failed; 0 answered, 2 skipped, 0 failed");
        assertThat(fixture.session().report().orElseThrow().inFlight()).as("the frame in the route").isEqualTo(1);
    }

    @Test
    void stoppingAcksWhatWaitsAtOnceWhenOrderDoesNotMatter() {
        fixture.answerOrder = AnswerOrder.COMPLETION;
        fixture.opened().sendFrames(1);
        fixture.session().suspend();
        fixture.sendFrames(1);
        fixture.session().stop(Status.UNAVAILABLE);
        assertThat(call.acksAlone()).containsExactly(3L);
        fixture.sendFrames(1);
        assertThat(call.acksAlone()).as("one that comes late is acked at once as well").containsExactly(3L, 4L);
        assertThat(call.closed).as("a frame is in the route").isNull();
    }

    @Test
    void endingAtOnceAcksWhatHasNotReadTheNodesMemory() throws Exception {
        Files.write(directory.resolve("buffer"), Messages.pixels(FRAME_BYTES, 3));
        fixture.sharedMemoryDirectory = directory;
        fixture.answerOrder = AnswerOrder.COMPLETION;
        fixture.opened(Messages.rawDescriptor().setSharedMemoryBufferTransferProperties(
                Messages.memory("buffer", FRAME_BYTES)));
        fixture.send(Messages.reference(1, 0, FRAME_BYTES));
        fixture.session().suspend();
        fixture.send(Messages.reference(2, 0, FRAME_BYTES));
        fixture.session().close(Status.UNAVAILABLE);
        assertThat(call.acksAlone()).containsExactly(3L);
    }

    @Test
    void aResumedSessionAsksForWhatItDidNotAskForMeanwhile() {
        fixture.opened().sendFrames(1);
        fixture.session().suspend();
        route.foundNothing(2);
        assertThat(call.requested).isEqualTo(1 + 3);
        fixture.session().resume();
        assertThat(call.requested).isEqualTo(1 + 3 + 1);
    }

    @Test
    void beginningAndEndAreLogged() {
        fixture.opened().sendFrames(2);
        ExtensionSession session = fixture.session();
        assertThat(session.id()).matches("[0-9a-f]{16}").isEqualTo(session.report().orElseThrow().id());
        assertThat(session.inRoute()).isEqualTo(2);
        assertThat(fixture.log).singleElement().asString().contains(session.id(), " opened: ");
        session.close(Status.UNAVAILABLE.withDescription("stopped"));
        assertThat(fixture.log).last().asString().contains(session.id(), " ended: stopped; 0 answered");
    }

    @Test
    void anEndThatANodeHasCausedIsLoggedWithItsCode() {
        fixture.opened().refuse(Status.INVALID_ARGUMENT.withDescription("not a message"));
        assertThat(fixture.log).last().asString().contains(" ended with INVALID_ARGUMENT: not a message; 0 answered");
    }
}
