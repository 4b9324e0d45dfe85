package io.github.camellva.video.source;

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
 * @param options        of FFmpeg, by their names there
 */
public record InputSettings(
        SourceAddress address, PictureFormat format, @Nullable ScaleTarget scaling, int jpegQuality, DecodeMode decode, Transport transport,
        Duration connectTimeout, Duration readTimeout, Map<String, String> options) {
}
