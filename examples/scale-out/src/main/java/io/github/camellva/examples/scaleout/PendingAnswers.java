package io.github.camellva.examples.scaleout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Frames that wait for what a worker finds in them. No thread waits with them: the route goes on when the answer comes, or when
 * it is late. There are never more of them than are in flight in all sessions.
 */
public final class PendingAnswers extends AsyncProcessorSupport {

    private final Duration timeout;
    private final Map<String, CompletableFuture<String>> pending = new ConcurrentHashMap<>();

    /** @param timeout from when Kafka has the frame */
    public PendingAnswers(Duration timeout) {
        this.timeout = timeout;
    }

    /** To be called before a frame is sent: a worker can be faster than Kafka's acknowledgement. */
    public void expect(Exchange exchange) {
        String frame = FrameRecord.id(exchange.getMessage());
        pending.put(frame, new CompletableFuture<>());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                pending.remove(frame);
            }
        });
    }

    /** Makes the answer the body of the frame's message, once it is here. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String frame = FrameRecord.id(exchange.getMessage());
        pending.get(frame).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((document, failure) -> {
            if (failure == null) {
                exchange.getMessage().setBody(document);
            } else {
                exchange.setException(failure instanceof NoAnswerException ? failure : late(frame));
            }
            callback.done(false);
        });
        return false;
    }

    /** A record of the topic of answers. One that nobody waits for, because it is a repeat or late, is let go. */
    public void answer(Exchange answer) {
        CompletableFuture<String> waiting = pending.get(answer.getMessage().getHeader(KafkaConstants.KEY, String.class));
        if (waiting == null) {
            return;
        }
        byte[] failure = answer.getMessage().getHeader(FrameRecord.FAILURE, byte[].class);
        if (failure == null) {
            waiting.complete(answer.getMessage().getBody(String.class));
        } else {
            waiting.completeExceptionally(new NoAnswerException(new String(failure, StandardCharsets.UTF_8)));
        }
    }

    int size() {
        return pending.size();
    }

    private NoAnswerException late(String frame) {
        return new NoAnswerException("no worker has answered frame " + frame + " for " + timeout.toSeconds()
                                     + " s; what is found in it later goes to lva-results alone. Are there enough workers?");
    }
}
