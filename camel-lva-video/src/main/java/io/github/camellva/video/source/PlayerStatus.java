package io.github.camellva.video.source;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a source is doing, and since when.
 *
 * @param description of the stream; empty before the first
 * @param error       why it does not play, or did not the last time
 */
public record PlayerStatus(PlayerState state, Instant since, String description, @Nullable String error) {

    /** Of what was never started. */
    public static final PlayerStatus STOPPED = new PlayerStatus(PlayerState.STOPPED, Instant.EPOCH, "", null);

    PlayerStatus become(PlayerState next, Instant now) {
        return new PlayerStatus(next, now, description, error);
    }

    PlayerStatus playing(String of, Instant now) {
        return new PlayerStatus(PlayerState.PLAYING, now, of, null);
    }

    PlayerStatus troubled(PlayerState next, String why, Instant now) {
        return new PlayerStatus(next, now, description, why);
    }
}
