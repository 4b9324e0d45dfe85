package io.github.camellva.grpc.server;

import java.time.Duration;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What one call may cost.
 *
 * @param maxMessageBytes of each message
 * @param tooLarge        what a peer is told that sends more
 * @param answerWithin    how long its first answer may take, from the call's begin; null for as long as it likes
 */
record CallLimits(long maxMessageBytes, Status tooLarge, @Nullable Duration answerWithin) {
}
