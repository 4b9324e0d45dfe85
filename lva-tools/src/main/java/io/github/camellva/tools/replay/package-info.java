/** {@code lva replay}: yesterday's frames to any extension. */
@NullMarked
package io.github.camellva.tools.replay;

import org.jspecify.annotations.NullMarked;
