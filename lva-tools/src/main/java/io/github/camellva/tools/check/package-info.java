/** The command {@code lva check}. Internal: may change without notice. */
package io.github.camellva.tools.check;
