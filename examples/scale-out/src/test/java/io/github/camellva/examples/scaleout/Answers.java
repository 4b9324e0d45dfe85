package io.github.camellva.examples.scaleout;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.proto.Inference;

/** What cameras were told. */
final class Answers implements CameraListener {

    private final Map<CameraFrame, List<Inference>> answered = new ConcurrentHashMap<>();
    private final Set<CameraFrame> notProcessed = ConcurrentHashMap.newKeySet();
    private final Map<CameraFrame, String> failed = new ConcurrentHashMap<>();

    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        answered.put(frame, inferences);
    }

    @Override
    public void notProcessed(CameraFrame frame) {
        notProcessed.add(frame);
    }

    @Override
    public void failed(CameraFrame frame, String why) {
        failed.put(frame, why);
    }

    Map<CameraFrame, List<Inference>> answered() {
        return answered;
    }

    Set<CameraFrame> notProcessed() {
        return notProcessed;
    }

    Map<CameraFrame, String> failed() {
        return failed;
    }
}
