package io.github.camellva.grpc.peers;

import java.util.ArrayDeque;
import java.util.Queue;

import io.github.camellva.proto.MediaStreamMessage;

/** Looks for finished frames only when another one comes: that is when the replies to those before it go out. */
final class WithNextRequest implements Answering {

    /** What becomes of the replies that are still held when no more requests come. */
    enum Rest {
        SENT,
        DROPPED
    }

    private final Replies replies;
    private final Rest rest;
    private final int capacity;
    private final Queue<MediaStreamMessage.Builder> held = new ArrayDeque<>();
    private int idleFrames;

    /**
     * @param capacity   frames that it holds; more are dropped without a word
     * @param idleFrames so many frames come before the first one is finished
     */
    WithNextRequest(Replies replies, Rest rest, int capacity, int idleFrames) {
        this.replies = replies;
        this.rest = rest;
        this.capacity = capacity;
        this.idleFrames = idleFrames;
    }

    @Override
    public void answer(MediaStreamMessage.Builder reply) {
        if (idleFrames > 0) {
            idleFrames--;
        } else {
            sendHeld();
        }
        if (held.size() < capacity) {
            held.add(reply);
        }
    }

    @Override
    public void endOfRequests() {
        if (rest == Rest.SENT) {
            sendHeld();
        }
        replies.end();
    }

    private void sendHeld() {
        held.forEach(replies::sample);
        held.clear();
    }
}
