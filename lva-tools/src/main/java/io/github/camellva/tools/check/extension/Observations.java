package io.github.camellva.tools.check.extension;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/** What was seen in all cases, for those that judge it together. Bounded. */
final class Observations {

    private static final int MOST = 10_000;

    private final List<Inference> inferences = new ArrayList<>();
    private final List<String> statusTexts = new ArrayList<>();

    void add(MediaStreamMessage answer) {
        answer.getMediaSample().getInferencesList().stream().limit(MOST - inferences.size()).forEach(inferences::add);
    }

    void add(Status end) {
        if (end.getDescription() != null && statusTexts.size() < MOST) {
            statusTexts.add(end.getDescription());
        }
    }

    List<Inference> inferences() {
        return inferences;
    }

    List<String> statusTexts() {
        return statusTexts;
    }
}
