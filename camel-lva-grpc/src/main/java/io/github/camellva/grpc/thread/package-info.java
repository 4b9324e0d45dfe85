/** Executors, and time that can be replaced. Internal: may change without notice. */
package io.github.camellva.grpc.thread;
