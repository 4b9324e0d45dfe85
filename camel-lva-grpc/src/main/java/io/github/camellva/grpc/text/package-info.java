/** Foreign text made fit for logs and errors. Internal: may change without notice. */
package io.github.camellva.grpc.text;
