/** The command {@code lva check extension}. Internal: may change without notice. */
package io.github.camellva.tools.check.extension;
