/**
 * The Camel component: what routes, properties and tools see of it. API, with {@link io.github.camellva.grpc.inference} and the types of
 * {@link io.github.camellva.grpc.media} that its description names; all other packages are internal.
 */
package io.github.camellva.grpc;
