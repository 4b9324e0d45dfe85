package io.github.camellva.grpc.peers;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;

/** Acks every frame of a batch early and without findings, except the last: with that go the findings of all. */
final class Batches implements Answering {

    private final int frames;
    private final Replies replies;
    private final List<MediaStreamMessage.Builder> batch = new ArrayList<>();

    Batches(int frames, Replies replies) {
        this.frames = frames;
        this.replies = replies;
    }

    @Override
    public void answer(MediaStreamMessage.Builder reply) {
        batch.add(reply.clone());
        MediaSample.Builder sample = reply.getMediaSampleBuilder().clearInferences();
        if (batch.size() == frames) {
            sample.addAllInferences(findings());
            batch.clear();
        }
        replies.sample(reply);
    }

    @Override
    public void endOfRequests() {
        replies.end();
    }

    private List<Inference> findings() {
        return batch.stream().flatMap(reply -> reply.getMediaSample().getInferencesList().stream()).toList();
    }
}
