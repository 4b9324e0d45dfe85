package io.github.camellva.grpc.stream;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.github.camellva.grpc.Messages;

/** Keeps the frames that a session handed on until the test says what was found in them; also the executor they run on. */
class FakeRoute implements FrameHandler, FrameExecutor {

    final Map<Long, Frame> frames = new LinkedHashMap<>();
    private final Map<Long, Completion> completions = new LinkedHashMap<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
    /** Called whenever a thread is asked for. */
    Runnable onExecute = () -> { };

    @Override
    public void onFrame(Frame frame, Completion completion) {
        frames.put(frame.sequenceNumber(), frame);
        completions.put(frame.sequenceNumber(), completion);
    }

    /** Tasks run one after the other, never inside of whoever submits one. */
    @Override
    public void execute(Runnable task) {
        onExecute.run();
        tasks.add(task);
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
        return List.copyOf(completions.keySet());
    }

    void found(long number, String tag) {
        take(number).answer(List.of(Messages.entity(tag)));
        runTasks();
    }

    void foundNothing(long number) {
        take(number).answer(List.of());
        runTasks();
    }

    void fail(long number, Throwable cause) {
        take(number).fail(cause);
        runTasks();
    }

    Completion completion(long number) {
        return completions.get(number);
    }

    private Completion take(long number) {
        Completion completion = completions.remove(number);
        if (completion == null) {
            throw new AssertionError("frame " + number + " is not in the route; there are " + completions.keySet());
        }
        frames.remove(number).release();
        return completion;
    }
}
