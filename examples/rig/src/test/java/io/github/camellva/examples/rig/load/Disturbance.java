package io.github.camellva.examples.rig.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** What can be wrong inside of a process, from one moment to another. */
public enum Disturbance {

    /** Hardly any of the heap is free. */
    HEAP {
        private static final int BLOCK = 64 << 10;
        private static final int MOST_BLOCKS = 1 << 16;
        /** Room for small things, and for two frames. */
        private static final int BLOCKS_LEFT_FREE = 8;

        private List<byte[]> ballast = List.of();

        @Override
        void begin() {
            List<byte[]> taken = new ArrayList<>(MOST_BLOCKS);
            byte[][] leftFree = new byte[BLOCKS_LEFT_FREE][BLOCK];
            try {
                while (leftFree.length > 0) {
                    taken.add(new byte[BLOCK]);
                }
            } catch (OutOfMemoryError e) {
                // as it should be
            }
            ballast = taken;
        }

        @Override
        void end() {
            ballast = List.of();
        }
    },
    /** No file and no connection can be opened. */
    DESCRIPTORS {
        private static final long LOOK_NANOS = 1_000_000;

        private final List<InputStream> open = new ArrayList<>();

        /** Takes what others give up, too. */
        @Override
        void begin() {
            Thread hoarder = new Thread(() -> {
                while (isOn()) {
                    hoard();
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                release();
            }, "Hoarder");
            hoarder.setDaemon(true);
            hoarder.start();
        }

        private void hoard() {
            try {
                while (isOn()) {
                    open.add(Files.newInputStream(Path.of("/dev/null")));
                }
            } catch (IOException e) {
                // there are no more
            }
        }

        private void release() {
            for (InputStream stream : open) {
                try {
                    stream.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            open.clear();
        }
    },
    /** No thread of Camel's pools can be started, as when the system has no more; and frames take so long that more are wanted. */
    THREADS {
        private static final long FRAME_NANOS = 200_000_000;

        @Override
        void prepare(CamelContext context) {
            context.getExecutorServiceManager().addThreadFactoryListener((source, factory) -> starting(factory));
        }

        private ThreadFactory starting(ThreadFactory factory) {
            return task -> new Thread(task) {
                @Override
                public void start() {
                    if (isOn()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    factory.newThread(task).start();
                }
            };
        }

        @Override
        void disturb(Exchange exchange) {
            if (isOn()) {
                LockSupport.parkNanos(FRAME_NANOS);
            }
        }
    },
    /** The route throws one Error after the other, and every now and then nothing. */
    ERRORS {
        private int thrown;

        @Override
        synchronized void disturb(Exchange exchange) throws Exception {
            if (!isOn()) {
                return;
            }
            switch (thrown++ % 6) {
                case 0 -> throw new OutOfMemoryError("Java heap space");
                case 1 -> recurse(0);
                case 2 -> throw new NoClassDefFoundError("com/example/Model");
                case 3 -> throw new AssertionError("a model that fails");
                case 4 -> throw new UnprintableException();
                default -> {
                    // a frame that is answered
                }
            }
        }

        private int recurse(int depth) {
            return recurse(depth + 1) + 1;
        }
    };

    private static final Disturbance[] ALL = values();

    private volatile boolean on;

    /** What the process that is to be disturbed reads: one byte, since it may have no memory for more. */
    final char beginning() {
        return (char) ('A' + ordinal());
    }

    final char ending() {
        return Character.toLowerCase(beginning());
    }

    /** @param read {@link #beginning} or {@link #ending} of one of them, or something else */
    static void obey(int read) {
        for (Disturbance disturbance : ALL) {
            if (read == disturbance.beginning()) {
                disturbance.on = true;
                disturbance.begin();
            } else if (read == disturbance.ending()) {
                disturbance.on = false;
                disturbance.end();
            }
        }
    }

    final boolean isOn() {
        return on;
    }

    /** Before the context starts. */
    void prepare(CamelContext context) {
        // most need nothing
    }

    /** Is called for each frame in a route. */
    void disturb(Exchange exchange) throws Exception {
        // most have nothing to do with it
    }

    void begin() {
        // being on is enough for most
    }

    void end() {
        // being off is enough for most
    }

    private static final class UnprintableException extends Exception {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }
}
