package io.github.camellva.video.source;

import java.util.OptionalLong;

/** A source that has been opened. One thread uses it. */
public interface VideoInput extends AutoCloseable {

    /** Whether frames come as they are taken, so that none waits for who reads them. */
    boolean isLive();

    /**
     * Goes on to the next frame.
     *
     * @return                 false at the end
     * @throws SourceException if there will be no more, though it is not the end
     */
    boolean next() throws SourceException;

    /** When the current frame is to be shown, in microseconds since any moment; empty when the source does not say. */
    OptionalLong presentationMicros();

    /** How long a frame is shown, as far as the source says; else a guess. */
    long frameMicros();

    /** When the current frame was taken by the camera's clock, in microseconds since 1970; empty when it does not say. */
    OptionalLong takenMicros();

    /**
     * The current frame in the format that was asked for.
     *
     * @throws SourceException if it cannot be converted
     */
    Picture picture() throws SourceException;

    /** How many times data of the source could not be decoded. */
    long decodingErrors();

    /** For people: codec, size, frames per second. */
    String description();

    @Override
    void close();
}
