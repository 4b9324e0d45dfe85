package io.github.camellva.grpc.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.stream.Failures;
import io.github.camellva.grpc.thread.RateLimitedLog;
import org.jspecify.annotations.Nullable;

/**
 * What gRPC's servers log of peers that break its framing, which is a stack trace for each call, in lines that are limited. gRPC
 * logs for all servers of this JVM together, so this holds while any of ours runs.
 */
final class GrpcLog {

    /** Kept here, since the JDK forgets loggers that nobody refers to, and their filters with them. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerStream"),
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler"));

    @GuardedBy("GrpcLog.class")
    private static final Deque<RateLimitedLog> LOGS = new ArrayDeque<>();

    private GrpcLog() {
    }

    /** To be followed by {@link #release}. */
    static synchronized void bound(RateLimitedLog log) {
        if (LOGS.isEmpty()) {
            LOGGERS.forEach(logger -> logger.setFilter(new Lines(logger.getFilter())));
        }
        LOGS.addLast(log);
    }

    static synchronized void release(RateLimitedLog log) {
        if (LOGS.remove(log) && LOGS.isEmpty()) {
            LOGGERS.forEach(GrpcLog::restore);
        }
    }

    private static void restore(Logger logger) {
        // somebody may have set another meanwhile
        if (logger.getFilter() instanceof Lines lines) {
            logger.setFilter(lines.before);
        }
    }

    private static synchronized @Nullable RateLimitedLog log() {
        return LOGS.peekFirst();
    }

    private record Lines(@Nullable Filter before) implements Filter {

        @Override
        public boolean isLoggable(LogRecord entry) {
            RateLimitedLog log = log();
            if (before != null && !before.isLoggable(entry)) {
                return false;
            }
            if (log == null || entry.getThrown() == null) {
                return true;
            }
            log.warn("gRPC: {}: {}", entry.getMessage(), Failures.describe(entry.getThrown()));
            return false;
        }
    }
}
