package io.github.camellva.grpc.stream;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.thread.FrameExecutor;

/** Keeps the frames that a session handed on until the test says what was found in them; also the executor they run on. */
class FakeRoute implements FrameHandler, FrameExecutor {

    final Map<Long, Frame> frames = new LinkedHashMap<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
    /** Called whenever a thread is asked for. */
    Runnable onExecute = () -> { };
    /** Called whenever a frame comes, before it is kept. */
    Runnable onFrame = () -> { };

    @Override
    public void onFrame(Frame frame) {
        onFrame.run();
        frames.put(frame.sequenceNumber(), frame);
    }

    /** Tasks run one after the other, never inside of whoever submits one. */
    @Override
    public void execute(Runnable task) {
        onExecute.run();
        tasks.add(task);
    }

    @Override
    public void defer(Runnable task) {
        task.run();
    }

    void runTasks() {
        if (running) {
            return;
        }
        running = true;
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
        running = false;
    }

    List<Long> inRoute() {
        return List.copyOf(frames.keySet());
    }

    void found(long number, String tag) {
        Frame frame = take(number);
        frame.answer(List.of(Messages.entity(tag)));
        finish(frame);
    }

    void foundNothing(long number) {
        Frame frame = take(number);
        frame.answer(List.of());
        finish(frame);
    }

    void fail(long number, Throwable cause) {
        Frame frame = take(number);
        frame.fail(cause);
        finish(frame);
    }

    private Frame take(long number) {
        Frame frame = frames.remove(number);
        if (frame == null) {
            throw new AssertionError("frame " + number + " is not in the route; there are " + frames.keySet());
        }
        return frame;
    }

    private void finish(Frame frame) {
        frame.release();
        runTasks();
    }
}
