package io.github.camellva.examples.onnx.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;

/** As many workspaces as frames are computed at once; who finds none waits. Safe for use by many threads. */
final class Workspaces implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<Workspace> all = new ArrayList<>();
    private final BlockingQueue<Workspace> free;

    Workspaces(OrtEnvironment environment, int count, int floats, long[] shape) throws OrtException {
        free = new ArrayBlockingQueue<>(count);
        try {
            for (int i = 0; i < count; i++) {
                all.add(new Workspace(environment, floats, shape));
            }
        } catch (OrtException | RuntimeException | Error e) {
            all.forEach(Workspace::close);
            throw e;
        }
        free.addAll(all);
    }

    /** To be given back by {@link #giveBack}. */
    Workspace take() throws InterruptedException {
        Workspace workspace = free.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        if (workspace == null) {
            throw new IllegalStateException(
                    "the " + all.size() + " frames that are computed at once were not done in " + TIMEOUT.toSeconds()
                                            + " s; send fewer, or allow more by -Dparallel");
        }
        return workspace;
    }

    void giveBack(Workspace workspace) {
        free.add(workspace);
    }

    /** Waits for those that are in use. */
    @Override
    public void close() {
        boolean interrupted = false;
        for (int closed = 0; closed < all.size();) {
            try {
                take().close();
                closed++;
            } catch (InterruptedException e) {
                // native code may still read what is in use
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
