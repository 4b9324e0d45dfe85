/** The command {@code lva}. Internal: may change without notice; what it prints as JSON or XML, its options and exit codes are API. */
package io.github.camellva.tools;
