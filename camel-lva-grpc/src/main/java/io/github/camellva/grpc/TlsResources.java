package io.github.camellva.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.github.camellva.grpc.client.ClientTls;
import io.github.camellva.grpc.server.ServerTls;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Reads the files that the TLS options name. */
final class TlsResources {

    private TlsResources() {
    }

    static ServerTls forServer(CamelContext context, LvaGrpcConfiguration configuration) throws Exception {
        SSLContextParameters parameters = configuration.getSslContextParameters();
        if (configuration.getKeyCertChainResource() != null) {
            return ServerTls.pem(
                    read(context, "keyCertChainResource", configuration.getKeyCertChainResource()),
                    read(context, "keyResource", configuration.getKeyResource()), configuration.getKeyPassword(),
                    read(context, "trustCertCollectionResource", configuration.getTrustCertCollectionResource()));
        }
        return parameters == null
                ? ServerTls.none()
                : ServerTls.context(parameters.createSSLContext(context));
    }

    static ClientTls forClient(CamelContext context, LvaGrpcConfiguration configuration) throws Exception {
        SSLContextParameters parameters = configuration.getSslContextParameters();
        if (configuration.getTrustCertCollectionResource() != null || configuration.getKeyCertChainResource() != null) {
            return ClientTls.pem(
                    read(context, "trustCertCollectionResource", configuration.getTrustCertCollectionResource()),
                    read(context, "keyCertChainResource", configuration.getKeyCertChainResource()),
                    read(context, "keyResource", configuration.getKeyResource()), configuration.getKeyPassword());
        }
        return parameters == null ? ClientTls.none() : ClientTls.context(parameters.createSSLContext(context));
    }

    /** Null if the option is not set. */
    private static byte[] read(CamelContext context, String option, String resource) throws IOException {
        if (resource == null) {
            return null;
        }
        byte[] pem;
        try (InputStream stream = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
            pem = stream.readAllBytes();
        } catch (IOException e) {
            throw new IOException(
                    option + " '" + resource + "' cannot be read; give a PEM file as file:path or classpath:path", e);
        }
        requirePem(option + " '" + resource + "'", new String(pem, StandardCharsets.ISO_8859_1));
        return pem;
    }

    private static void requirePem(String what, String pem) throws IOException {
        if (!pem.contains("-----BEGIN ")) {
            throw new IOException(what + " is not a PEM file: it has no line -----BEGIN");
        }
        if (pem.contains("-----BEGIN RSA PRIVATE KEY") || pem.contains("-----BEGIN EC PRIVATE KEY")) {
            throw new IOException(
                    what + " is a key in its algorithm's own format, and PKCS#8 is accepted;"
                                  + " convert it with: openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key");
        }
    }
}
