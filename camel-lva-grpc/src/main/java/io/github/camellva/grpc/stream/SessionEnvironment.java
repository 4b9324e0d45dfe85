package io.github.camellva.grpc.stream;

import java.util.concurrent.Executor;

import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.Time;

/**
 * What the sessions of an extension share.
 *
 * @param handler    where their frames go
 * @param executor   runs frames
 * @param handshakes runs handshakes, which touch the file system; must refuse or queue what it has no thread for, never run it
 *                   on the caller's
 * @param log        for their beginnings and ends
 * @param secondTries what they could not do for want of memory
 */
public record SessionEnvironment(
        FrameHandler handler, FrameExecutor executor, Executor handshakes, Time time, RateLimitedLog log, SecondTries secondTries) {

    /** With second tries of its own. */
    public SessionEnvironment(
                              FrameHandler handler, FrameExecutor executor, Executor handshakes, Time time, RateLimitedLog log) {
        this(handler, executor, handshakes, time, log, new SecondTries());
    }
}
