/** FFmpeg behind a few small classes, which own all native memory. Internal: it may change without notice. */
package io.github.camellva.video.ffmpeg;
