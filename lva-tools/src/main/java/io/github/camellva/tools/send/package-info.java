/** {@code lva send}: a camera, a file or pictures to an extension. */
@NullMarked
package io.github.camellva.tools.send;

import org.jspecify.annotations.NullMarked;
