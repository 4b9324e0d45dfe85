/** Answers compared with others. */
@NullMarked
package io.github.camellva.tools.answers;

import org.jspecify.annotations.NullMarked;
