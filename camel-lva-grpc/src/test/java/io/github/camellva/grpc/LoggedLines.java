package io.github.camellva.grpc;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** The lines that an operator would have seen from INFO on, those of stack traces included. */
final class LoggedLines implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerConfig root;
    private final Recorder recorder;

    private LoggedLines(LoggerConfig root, Predicate<String> threads) {
        this.root = root;
        this.recorder = new Recorder(threads);
    }

    static LoggedLines record() {
        return ofThreads(thread -> true);
    }

    /** @param threads chooses by a thread's name whose lines count */
    static LoggedLines ofThreads(Predicate<String> threads) {
        LoggerConfig root = ((LoggerContext) LogManager.getContext(false)).getConfiguration().getRootLogger();
        LoggedLines recording = new LoggedLines(root, threads);
        recording.recorder.start();
        root.addAppender(recording.recorder, null, null);
        return recording;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.removeAppender(recorder.getName());
        recorder.stop();
    }

    private final class Recorder extends AbstractAppender {

        private final Predicate<String> threads;

        Recorder(Predicate<String> threads) {
            super("recorder-" + System.identityHashCode(lines), null,
                    PatternLayout.newBuilder().withPattern("%-5p %c{1} [%t] %m%n%xEx").build(), false, Property.EMPTY_ARRAY);
            this.threads = threads;
        }

        @Override
        public void append(LogEvent event) {
            if (threads.test(event.getThreadName())) {
                ((PatternLayout) getLayout()).toSerializable(event).lines().forEach(lines::add);
            }
        }
    }
}
