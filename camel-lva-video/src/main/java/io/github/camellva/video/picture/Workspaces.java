package io.github.camellva.video.picture;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import io.github.camellva.grpc.media.FrameException;

/** As many workspaces as are used at once; of those that are not, a few are kept. */
final class Workspaces implements AutoCloseable {

    private final BlockingQueue<Workspace> idle;

    /** What is done in a workspace. */
    @FunctionalInterface
    interface Work<T> {
        T in(Workspace workspace) throws FrameException;
    }

    Workspaces(int mostIdle) {
        this.idle = new ArrayBlockingQueue<>(mostIdle);
    }

    <T> T run(Work<T> work) throws FrameException {
        Workspace waiting = idle.poll();
        Workspace workspace = waiting == null ? new Workspace() : waiting;
        boolean sound = false;
        try {
            T result = work.in(workspace);
            workspace.trim();
            sound = true;
            return result;
        } finally {
            // after a failure, nobody knows what a codec keeps of it
            if (!sound || !idle.offer(workspace)) {
                workspace.close();
            }
        }
    }

    @Override
    public void close() {
        for (Workspace workspace = idle.poll(); workspace != null; workspace = idle.poll()) {
            workspace.close();
        }
    }
}
