/**
 * Pictures converted by FFmpeg, for whatever in a route works on pictures. Internal: found by {@link java.util.ServiceLoader}, and
 * its types may change without notice.
 */
package io.github.camellva.video.picture;
