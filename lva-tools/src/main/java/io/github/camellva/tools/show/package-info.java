/** {@code lva show}: what is in a recording. */
@NullMarked
package io.github.camellva.tools.show;

import org.jspecify.annotations.NullMarked;
