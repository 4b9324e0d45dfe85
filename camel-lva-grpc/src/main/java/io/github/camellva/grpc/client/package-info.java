/** A node's connection to an extension, and its sessions. Internal: may change without notice. */
package io.github.camellva.grpc.client;
