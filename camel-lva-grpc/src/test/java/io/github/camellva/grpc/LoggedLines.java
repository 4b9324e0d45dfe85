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

    private LoggedLines(LoggerConfig root, Predicate<String> which) {
        this.root = root;
        this.recorder = new Recorder(which);
    }

    static LoggedLines record() {
        return record(entry -> true);
    }

    /** @param which chooses by an entry's text, which has the name of its thread in brackets */
    static LoggedLines record(Predicate<String> which) {
        LoggerConfig root = ((LoggerContext) LogManager.getContext(false)).getConfiguration().getRootLogger();
        LoggedLines recording = new LoggedLines(root, which);
        recording.recorder.start();
        root.addAppender(recording.recorder, null, null);
        return recording;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        // not stopped: another test's thread may be about to use it, and log4j throws for that
        root.removeAppender(recorder.getName());
    }

    private final class Recorder extends AbstractAppender {

        private final Predicate<String> which;

        Recorder(Predicate<String> which) {
            super("recorder-" + System.identityHashCode(lines), null,
                    PatternLayout.newBuilder().withPattern("%-5p %c{1} [%t] %m%n%xEx").build(), false, Property.EMPTY_ARRAY);
            this.which = which;
        }

        @Override
        public void append(LogEvent event) {
            String entry = ((PatternLayout) getLayout()).toSerializable(event);
            if (which.test(entry)) {
                entry.lines().forEach(lines::add);
            }
        }
    }
}
