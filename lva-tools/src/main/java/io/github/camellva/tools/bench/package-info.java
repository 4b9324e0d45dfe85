/** {@code lva bench}: load for an extension. */
@NullMarked
package io.github.camellva.tools.bench;

import org.jspecify.annotations.NullMarked;
