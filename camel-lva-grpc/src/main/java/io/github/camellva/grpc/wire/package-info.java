/** Messages and headers as they come from the network. Internal: may change without notice. */
package io.github.camellva.grpc.wire;
