/** Recordings: a file of what node and extension said to each other. Format: {@code recording.proto}. */
@NullMarked
package io.github.camellva.tools.recording;

import org.jspecify.annotations.NullMarked;
