package io.github.camellva.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Cameras that send frames to a server, as the process that started this one says. */
abstract class Node implements Party {

    /** Followed by a port and a {@link Load}: opens its sessions, which begin to send. */
    static final String OPEN = "open";
    /** Answered with a {@link Meter.Reading}. */
    static final String READ = "read";
    /** Answered with the number of frames that were not answered. */
    static final String CLOSE = "close";

    private static final int LAST_ANSWERS_SECONDS = 10;

    private final List<Camera> cameras = new ArrayList<>();
    private Meter meter;

    @Override
    public final String answer(String... question) throws Exception {
        return switch (question[0]) {
            case OPEN -> {
                connect(Integer.parseInt(question[1]), Load.parse(question[2])).forEach(Camera::start);
                yield "opened";
            }
            case READ -> meter.read().format();
            case CLOSE -> {
                cameras.forEach(Camera::finish);
                long missing = awaitAnswers();
                closeCameras();
                yield Long.toString(missing);
            }
            default -> throw new IllegalArgumentException(String.join(" ", question));
        };
    }

    /** Opens the sessions of a load, which send nothing yet. */
    final List<Camera> connect(int port, Load load) throws Exception {
        meter = new Meter();
        Frames frames = Frames.of(load);
        for (int i = 0; i < load.sessions(); i++) {
            cameras.add(camera(port, frames, meter));
        }
        for (Camera camera : cameras) {
            camera.awaitOpened();
        }
        return cameras;
    }

    /** Waits for cameras that finish, and returns how many of their frames were not answered in time. */
    final long awaitAnswers() throws InterruptedException {
        long missing = 0;
        for (Camera camera : cameras) {
            missing += camera.awaitAnswers(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        }
        return missing;
    }

    @Override
    public void close() throws Exception {
        closeCameras();
    }

    /** Makes a camera, whose session opens. */
    abstract Camera camera(int port, Frames frames, Meter meter) throws Exception;

    private void closeCameras() throws Exception {
        for (Camera camera : cameras) {
            camera.close();
        }
        cameras.clear();
    }
}
