/** What commands print for other programs. */
@NullMarked
package io.github.camellva.tools.json;

import org.jspecify.annotations.NullMarked;
