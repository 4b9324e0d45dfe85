package io.github.camellva.video.source;

/** How RTSP cameras send. */
public enum Transport {
    TCP,
    UDP
}
