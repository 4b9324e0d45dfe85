/** The protocol, for both sides, without Camel and without a socket. Internal: may change without notice. */
package io.github.camellva.grpc.stream;
