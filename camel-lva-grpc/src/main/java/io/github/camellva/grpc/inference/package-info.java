/** The inference document: reading and writing it, and what a route may answer with. API. */
package io.github.camellva.grpc.inference;
