/** {@code lva record}: a relay between node and extension that writes down what passes. */
@NullMarked
package io.github.camellva.tools.record;

import org.jspecify.annotations.NullMarked;
