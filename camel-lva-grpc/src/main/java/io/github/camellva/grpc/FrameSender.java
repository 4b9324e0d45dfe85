package io.github.camellva.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.github.camellva.grpc.client.SessionPool;
import io.github.camellva.grpc.stream.FinishingException;
import io.github.camellva.grpc.stream.NoRoomException;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.proto.MediaStreamMessage;

/** Sends frames in the sessions of a pool, and waits for room if it may. Safe for use by many threads. */
final class FrameSender {

    private final SessionPool sessions;
    private final ProducerOptions options;
    private final Time time;
    private final RoomWaits roomWaits;
    private final BooleanSupplier mayWait;

    /** @param mayWait whether the calling thread may be held up */
    FrameSender(SessionPool sessions, ProducerOptions options, Time time, RoomWaits roomWaits, BooleanSupplier mayWait) {
        this.sessions = sessions;
        this.options = options;
        this.time = time;
        this.roomWaits = roomWaits;
        this.mayWait = mayWait;
    }

    /** @return the answer, as {@link NodeSession#send} has it */
    CompletableFuture<MediaStreamMessage> send(OutgoingFrame frame) throws InterruptedException {
        NodeSession session = sessions.session(frame.descriptor());
        CompletableFuture<MediaStreamMessage> answer = send(frame, session);
        return maySendLater(answer) ? sendLater(frame, session, answer) : answer;
    }

    private CompletableFuture<MediaStreamMessage> sendLater(
            OutgoingFrame frame, NodeSession full, CompletableFuture<MediaStreamMessage> unsent) throws InterruptedException {
        long deadline = time.nanoTime() + options.responseTimeout().toNanos();
        NodeSession session = full;
        CompletableFuture<MediaStreamMessage> answer = unsent;
        while (maySendLater(answer)) {
            CompletableFuture<Void> room = session.room();
            // try again, since there may have been room before anybody was asked to say so
            answer = send(frame, session);
            if (maySendLater(answer)) {
                if (!room.isDone() && !(mayWait.getAsBoolean() && roomWaits.await(room, deadline))) {
                    return answer;
                }
                session = sessions.session(frame.descriptor());
                answer = send(frame, session);
            }
        }
        return answer;
    }

    private static CompletableFuture<MediaStreamMessage> send(OutgoingFrame frame, NodeSession session) {
        return session.send(frame.timestamp(), frame.content(), frame.upstream());
    }

    /** Whether the sample was not sent and can still be, once there is room or in the next session. */
    private boolean maySendLater(CompletableFuture<MediaStreamMessage> answer) {
        if (!answer.isCompletedExceptionally()) {
            return false;
        }
        Throwable failure = answer.handle((message, cause) -> cause).join();
        return failure instanceof FinishingException
               || failure instanceof NoRoomException && options.whenFull() == ProducerOptions.WhenFull.BLOCK;
    }
}
