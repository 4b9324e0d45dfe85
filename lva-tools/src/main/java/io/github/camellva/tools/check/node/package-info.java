/** The command {@code lva check node}. Internal: may change without notice. */
package io.github.camellva.tools.check.node;
