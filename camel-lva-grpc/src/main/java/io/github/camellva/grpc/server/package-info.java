/** The gRPC server of an extension. Internal: may change without notice. */
package io.github.camellva.grpc.server;
