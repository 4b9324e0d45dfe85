package io.github.camellva.video.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.camellva.grpc.media.ScaleTarget;
import org.jspecify.annotations.Nullable;

/**
 * How a source is opened, and what its frames become.
 *
 * @param scaling        null to keep the size
 * @param jpegQuality    0 to 100
 * @param connectTimeout until the first frame can be read
 * @param readTimeout    for one frame of a live source
 * @param pictureInterval between two pictures of a directory
 * @param options         of FFmpeg, by their names there
 */
public record InputSettings(
        SourceAddress address, PictureFormat format, @Nullable ScaleTarget scaling, int jpegQuality, DecodeMode decode, Transport transport,
        Duration connectTimeout, Duration readTimeout, Duration pictureInterval, Map<String, String> options) {

    /** The same for a file. */
    public InputSettings at(Path file) {
        return new InputSettings(
                SourceAddress.file(file), format, scaling, jpegQuality, decode, transport, connectTimeout, readTimeout, pictureInterval, options);
    }
}
