package io.github.camellva.tools.check.extension;

import java.nio.file.Path;
import java.time.Duration;

import io.github.camellva.tools.PeerOptions;
import org.jspecify.annotations.Nullable;

/**
 * Which extension is checked, and how.
 *
 * @param memoryDirectory where shared memory is made; null when the extension cannot reach any
 * @param patience        how long one answer may take
 * @param caseTime        how long one case may take, whatever it waits for
 * @param maxMessageSize  the largest message that is tried, bytes
 */
record Target(PeerOptions peer, @Nullable Path memoryDirectory, Duration patience, Duration caseTime, int maxMessageSize) {
}
