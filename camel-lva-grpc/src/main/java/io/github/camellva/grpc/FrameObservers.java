package io.github.camellva.grpc;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.camellva.grpc.stream.Failures;
import io.github.camellva.grpc.thread.RateLimitedLog;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** The observers of a context's frames. They come from the registry when a consumer or producer starts, or are added at any time. */
public final class FrameObservers {

    /** Replaced as a whole, so that asking takes no lock and makes no garbage. */
    private volatile FrameObserver[] observers = {};

    private FrameObservers() {
    }

    /** Those of a context: always the same object. */
    public static FrameObservers of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        synchronized (FrameObservers.class) {
            FrameObservers known = extension.getContextPlugin(FrameObservers.class);
            if (known == null) {
                known = new FrameObservers();
                extension.addContextPlugin(FrameObservers.class, known);
            }
            return known;
        }
    }

    /** It sees frames from now on. Adding it again does nothing. */
    public synchronized void add(FrameObserver observer) {
        observers = Stream.concat(Arrays.stream(observers), Stream.of(observer)).distinct().toArray(FrameObserver[]::new);
    }

    /** It is given no more frames; a call that has begun may still be under way. */
    public synchronized void remove(FrameObserver observer) {
        observers = Arrays.stream(observers).filter(other -> other != observer).toArray(FrameObserver[]::new);
    }

    void addAllIn(CamelContext context) {
        context.getRegistry().findByType(FrameObserver.class).forEach(this::add);
    }

    /** @param graph name of the graph instance */
    boolean areInterestedIn(String graph, RateLimitedLog log) {
        for (FrameObserver observer : observers) {
            if (isInterested(observer, graph, log)) {
                return true;
            }
        }
        return false;
    }

    /** @param frame made once somebody is interested; what fails here fails nobody's frame */
    void tell(String graph, Supplier<AnsweredFrame> frame, RateLimitedLog log) {
        try {
            AnsweredFrame answered = frame.get();
            for (FrameObserver observer : observers) {
                if (isInterested(observer, graph, log)) {
                    tell(observer, answered, log);
                }
            }
        } catch (Throwable e) {
            report("Frames cannot be shown to their observers", e, log);
        }
    }

    private static void tell(FrameObserver observer, AnsweredFrame frame, RateLimitedLog log) {
        try {
            observer.onAnswer(frame);
        } catch (Throwable e) {
            report("A frame's observer failed: " + observer.getClass().getName(), e, log);
        }
    }

    private static boolean isInterested(FrameObserver observer, String graph, RateLimitedLog log) {
        try {
            return observer.isInterested(graph);
        } catch (Throwable e) {
            report("A frame's observer failed: " + observer.getClass().getName(), e, log);
            return false;
        }
    }

    private static void report(String what, Throwable failure, RateLimitedLog log) {
        try {
            log.warn("{}: {}", what, Failures.describe(failure));
        } catch (Throwable e) {
            // an Error of the log itself, such as no memory: the frame's answer matters more
        }
    }
}
