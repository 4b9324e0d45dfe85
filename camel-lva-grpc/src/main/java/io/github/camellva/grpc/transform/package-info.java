/** The data types, which routes refer to by name. Internal: may change without notice. */
package io.github.camellva.grpc.transform;
