/** What a source of frames is, without Camel and without FFmpeg. Internal: it may change without notice. */
package io.github.camellva.video.source;
