/** How commands reach the programs that they talk to. */
@NullMarked
package io.github.camellva.tools.peer;

import org.jspecify.annotations.NullMarked;
