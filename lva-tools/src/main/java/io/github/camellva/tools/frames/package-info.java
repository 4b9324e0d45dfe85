/** Frames as pictures, and what was found drawn on them. */
@NullMarked
package io.github.camellva.tools.frames;

import org.jspecify.annotations.NullMarked;
