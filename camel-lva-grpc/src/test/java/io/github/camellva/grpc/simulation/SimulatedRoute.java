package io.github.camellva.grpc.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.stream.Frame;
import io.github.camellva.grpc.stream.FrameHandler;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Text;

/** A route that is quick, slow, wrong, never done, or all of it; and that looks at every picture from its beginning to its end. */
final class SimulatedRoute implements FrameHandler {

    private final World world;
    private final Chances chances;
    /** Session and number of frames that are being read. */
    private final Set<String> reading = new HashSet<>();
    private final Map<String, Integer> active = new HashMap<>();
    private final Map<String, Long> lastBegun = new HashMap<>();
    /** Frames whose processing never ends by itself. */
    private final List<Visit> hanging = new ArrayList<>();
    private int visits;

    SimulatedRoute(World world, Chances chances) {
        this.world = world;
        this.chances = chances;
    }

    /** The picture of a sample. */
    static byte[] picture(long timestamp) {
        byte[] picture = new byte[Chances.FRAME_BYTES];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (timestamp * 31 + i);
        }
        return picture;
    }

    /** What is found in it. */
    static String finding(long timestamp) {
        return "found in " + timestamp;
    }

    boolean reads(String session, long number) {
        return reading.contains(key(session, number));
    }

    /** Nobody is in it any more. */
    boolean isEmpty() {
        return visits == 0;
    }

    /** Ends what would never end by itself, as the end of its threads does. */
    void interrupt() {
        List.copyOf(hanging).forEach(visit -> {
            hanging.remove(visit);
            visit.fail();
        });
    }

    @Override
    public void onFrame(Frame frame) {
        Visit visit = new Visit(frame);
        visit.begin();
        if (world.fault(chances.routeHangs())) {
            hanging.add(visit);
        } else if (world.fault(chances.routeFails())) {
            visit.goWrong();
        } else if (world.oneIn(8)) {
            visit.answer();
        } else {
            world.after(world.upTo(chances.routeTakes()), "the route answers", visit::answer);
        }
    }

    private static String key(String session, long number) {
        return session + ' ' + number;
    }

    private final class Visit {

        private final Frame frame;
        private final String session;
        private final String key;
        private ByteBuffer content;

        Visit(Frame frame) {
            this.frame = frame;
            this.session = frame.session().id();
            this.key = key(session, frame.sequenceNumber());
        }

        void begin() {
            visits++;
            reading.add(key);
            int together = active.merge(session, 1, Integer::sum);
            world.require(together <= chances.maxInFlight(), () -> together + " frames of a session are in the route at once");
            if (chances.thrifty()) {
                Long before = lastBegun.put(session, frame.sequenceNumber());
                world.require(before == null || before < frame.sequenceNumber(), () -> "frames went into the route out of order");
            }
            try {
                content = frame.content();
            } catch (FrameException e) {
                world.require(false, () -> "a picture cannot be read: " + e.getMessage());
            }
            look();
        }

        void answer() {
            look();
            boolean first = world.random().nextBoolean();
            leave();
            if (first) {
                frame.release();
            }
            frame.answer(List.of(Inference.newBuilder().setText(Text.newBuilder().setValue(finding(frame.timestamp()))).build()));
            if (world.oneIn(20)) {
                requireRefused();
            }
            if (!first) {
                world.after(world.upTo(500), "the exchange is over", frame::release);
            }
        }

        void fail() {
            look();
            leave();
            frame.fail(new IllegalStateException("simulated"));
            frame.release();
        }

        void goWrong() {
            switch (world.random().nextInt(4)) {
                case 0 -> world.after(world.upTo(chances.routeTakes()), "the route fails", this::fail);
                case 1 -> {
                    leave();
                    throw new IllegalStateException("simulated");
                }
                case 2 -> {
                    leave();
                    throw new StackOverflowError("simulated");
                }
                default -> {
                    answer();
                    throw new OutOfMemoryError("simulated");
                }
            }
        }

        private void requireRefused() {
            try {
                frame.fail(new IllegalStateException("again"));
                world.require(false, () -> "a frame was completed twice");
            } catch (IllegalStateException e) {
                // as it should be
            }
        }

        private void leave() {
            visits--;
            reading.remove(key);
            active.merge(session, -1, Integer::sum);
        }

        /** A region that was written before it was acknowledged shows here. */
        private void look() {
            world.require(content.equals(ByteBuffer.wrap(picture(frame.timestamp()))),
                    () -> "the picture of sample " + frame.sequenceNumber() + " is another's");
        }
    }

}
